import type { ReadProgress } from './read-client.ts';
import { type FilesRead, readFiles } from './read-files.ts';

export interface ReadRequest {
  files: readonly File[];
  /** Seconds since the epoch. */
  now: number;
}

/** What the worker says. */
export type ReadReply =
  | { kind: 'progress'; progress: ReadProgress }
  | { kind: 'read'; files: FilesRead }
  | { kind: 'failed'; message: string };

addEventListener('message', ({ data }: MessageEvent<ReadRequest>) => void answer(data));

async function answer({ files, now }: ReadRequest): Promise<void> {
  const reply = (message: ReadReply) => postMessage(message);
  try {
    const read = await readFiles(files, now, (progress) => reply({ kind: 'progress', progress }));
    try {
      reply({ kind: 'read', files: read });
    } catch {
      // Claims nested by the ten thousand cannot be handed over; the panel decodes the tokens itself then.
      reply({ kind: 'read', files: { ...read, decoded: [] } });
    }
  } catch (error) {
    reply({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
