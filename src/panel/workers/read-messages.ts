import type { Token } from '../../engine/model/token.ts';
import type { SavedReport } from '../../engine/report/read-report.ts';
import type { Gathered } from '../../inputs/gather.ts';

/** What the worker is asked. */
export interface ReadRequest {
  files: readonly File[];
  /** Seconds since the epoch. */
  now: number;
}

/** How far the reading is. */
export interface ReadProgress {
  name: string;
  /** Bytes of this file that were read, after unpacking. */
  read: number;
  /** Bytes it has; null when it is packed, so that nobody knows. */
  bytes: number | null;
}

export interface FilesRead extends Gathered {
  /** Each token once, decoded, so that heavy ones need not be decoded again. */
  decoded: [text: string, token: Token][];
  /** Set when the file is a report that was saved before; then nothing was gathered. */
  saved: SavedReport | null;
}

/** What the worker says. */
export type ReadReply =
  | { kind: 'progress'; progress: ReadProgress }
  | { kind: 'read'; files: FilesRead }
  | { kind: 'failed'; message: string };
