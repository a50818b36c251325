import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InputError } from '../inputs/input.ts';
import { type ReadingEnd, readFileBytes, streamBytes } from './bounded-bytes.ts';
import { openStream } from './open-stream.ts';
import { reasonWords, UsageError } from './usage-error.ts';

/** Bytes of a policy, a list of expectations or a key. */
const most = 4 << 20;

/**
 * The text of a small file that an option names: an ordinary one, or a pipe such as that of `--key <(pass show key)`.
 * Rejects with `UsageError` in one line when it cannot be read whole.
 */
export async function readFileText(path: string): Promise<string> {
  let pieces: Uint8Array[];
  try {
    pieces = await readPieces(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} ${error instanceof InputError ? error.message : reasonWords(error, 'read')}`);
  }
  return Buffer.concat(pieces).toString('utf8');
}

async function readPieces(path: string): Promise<Uint8Array[]> {
  const stats = await stat(path, { bigint: true });
  if (stats.isDirectory()) throw new UsageError(`${path} is a folder`);
  if (stats.isFile()) return readOrdinary(path);
  const end: ReadingEnd = { failure: null };
  const pieces: Uint8Array[] = [];
  for await (const bytes of streamBytes(await openStream(path, stats), most, end)) pieces.push(bytes);
  if (end.failure) throw end.failure;
  return pieces;
}

async function readOrdinary(path: string): Promise<Uint8Array[]> {
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const end: ReadingEnd = { failure: null };
    const read = readFileBytes(file, null, end);
    const pieces: Uint8Array[] = [];
    for (let at = 0; ; ) {
      const into = new Uint8Array(1 << 16);
      const count = await read(into, at);
      if (count === 0) break;
      at += count;
      if (at > most) throw new UsageError(`${path} is larger than 4 MB`);
      pieces.push(into.subarray(0, count));
    }
    if (end.failure) throw end.failure;
    return pieces;
  } finally {
    await file.close();
  }
}
