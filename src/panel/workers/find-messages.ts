import type { Problem } from '../../engine/model/capture.ts';
import type { Sighting, Token } from '../../engine/model/token.ts';

export interface Found {
  sightings: Sighting[];
  problems: Problem[];
  /** Each token once, decoded, so that heavy ones need not be decoded again. */
  decoded: [text: string, token: Token][];
}

/** What the worker says. It is asked with a capture. */
export type FindReply = { kind: 'progress'; done: number } | { kind: 'found'; found: Found };
