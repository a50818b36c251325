import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { InputError } from '../inputs/input.ts';
import { type ReadingEnd, readFileBytes, streamBytes } from './bounded-bytes.ts';
import { openStream } from './open-stream.ts';
import { reasonWords, UsageError } from './usage-error.ts';

/** Bytes of a policy, a list of expectations or a key. */
const most = 4 << 20;

/**
 * The text of a small file that an option names: an ordinary one, or a pipe such as that of `--key <(pass show key)`. In
 * UTF-8, or in UTF-16 with its mark; the mark is no part of the text.
 * Rejects with `UsageError` in one line when it cannot be read whole, or is no text.
 */
export async function readFileText(path: string): Promise<string> {
  const read = await tryFileText(path);
  if (read.text === null) throw new UsageError(`${path} ${read.reason}`);
  return read.text;
}

/** The same, with what is wrong in words that follow its name, for those who must not repeat the name. */
export async function tryFileText(
  path: string,
): Promise<{ text: string; reason: null } | { text: null; reason: string }> {
  try {
    return { text: textOf(Buffer.concat(await readPieces(path))), reason: null };
  } catch (error) {
    return { text: null, reason: error instanceof InputError ? error.message : reasonWords(error, 'read') };
  }
}

function textOf(bytes: Uint8Array): string {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const encoding = isWide ? (bytes[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('input-binary', 'is no text in UTF-8');
  }
}

async function readPieces(path: string): Promise<Uint8Array[]> {
  const stats = await stat(path, { bigint: true });
  if (stats.isDirectory()) throw new InputError('input-unreadable', 'is a folder');
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
      if (at > most) throw new InputError('input-too-large', 'is larger than 4 MB');
      pieces.push(into.subarray(0, count));
    }
    if (end.failure) throw end.failure;
    return pieces;
  } finally {
    await file.close();
  }
}
