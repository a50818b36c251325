import type { FileHandle } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ReadBytes } from '../inputs/bytes/byte-window.ts';
import { InputError } from '../inputs/input.ts';
import { isGzip } from '../inputs/recognise-input.ts';
import { reasonWords } from './usage-error.ts';

/** Most that is read of a device, or of a file that does not tell its size. Some have no end. */
export const mostOfDevice = 256 << 20;
/** Most that is read of a pipe or of standard input, which may have no end either. */
export const mostOfStream = 4 * 2 ** 30;
/** Most that is read of what a gzipped file unpacks to, which may be a thousand times its size. */
export const mostUnpacked = 16 * 2 ** 30;

/**
 * What went wrong while bytes were read. To those who read, the bytes end there, so that what came before is searched to
 * its last one; afterwards it is told.
 */
export interface ReadingEnd {
  failure: InputError | null;
}

/** Reads a file, at most to the size it had when it was opened: one that grows as fast as it is read still ends. */
export function readFileBytes(file: FileHandle, size: number | null, end: ReadingEnd): ReadBytes {
  const most = size ?? mostOfDevice;
  return async (into, at) => {
    if (at >= most) {
      // One byte more tells whether that was all.
      if (size === null && (await file.read(new Uint8Array(1), 0, 1, at)).bytesRead > 0) end.failure ??= tooLong(most);
      return 0;
    }
    try {
      const { bytesRead } = await file.read(into, 0, Math.min(into.length, most - at), at);
      if (bytesRead === 0 && size !== null) {
        end.failure ??= new InputError('input-truncated', 'became shorter while it was read', at);
      }
      return bytesRead;
    } catch (error) {
      end.failure ??= new InputError('input-unreadable', reasonWords(error, 'read'), at === 0 ? null : at);
      return 0;
    }
  };
}

/** The bytes of a stream, unpacked when they are gzipped, as far as they can be read and no further than `most`. */
export async function* streamBytes(stream: Readable, most: number, end: ReadingEnd): AsyncGenerator<Uint8Array> {
  let read = 0;
  try {
    for await (const chunk of unpacked(stream)) {
      const bytes = Buffer.from(chunk as Uint8Array);
      yield bytes.subarray(0, most - read);
      read += bytes.length;
      if (read > most) {
        end.failure ??= tooLong(most);
        return;
      }
    }
  } catch (error) {
    end.failure ??= streamFailure(error, read);
  } finally {
    stream.destroy();
  }
}

function tooLong(most: number): InputError {
  const size = most >= 2 ** 30 ? `${most / 2 ** 30} GB` : `${most / 2 ** 20} MB`;
  return new InputError('input-truncated', `has no end within ${size}; what came before was read`, most);
}

function streamFailure(error: unknown, read: number): InputError {
  if (error instanceof InputError) return error;
  const { code } = error as { code?: unknown };
  if (code === 'Z_BUF_ERROR') return new InputError('input-truncated', 'is cut off inside its compression', read);
  if (code === 'Z_DATA_ERROR') return new InputError('input-invalid', 'is damaged inside its compression', read);
  return new InputError('input-unreadable', reasonWords(error, 'read'), read === 0 ? null : read);
}

async function* unpacked(stream: Readable): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await chunks.next();
    if (next.done) break;
    head = Buffer.concat([head, Buffer.from(next.value as Uint8Array)]);
  }
  if (head.length === 0) return;
  const all = prefixed(head, chunks);
  if (isGzip(head)) yield* gunzipped(all);
  else yield* all;
}

async function* prefixed(head: Buffer, chunks: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head;
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
}

/** Resolves when a stream takes more, or was closed. */
async function drained(stream: Writable): Promise<void> {
  await new Promise<void>((resolve) => {
    const go = () => {
      stream.off('drain', go).off('close', go);
      resolve();
    };
    stream.on('drain', go).on('close', go);
  });
}

/** Unlike `pipe`, it passes on that the source failed, and stops asking the source when nobody asks it. */
async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  const feeding = (async () => {
    try {
      for await (const chunk of packed) {
        if (gunzip.destroyed) return;
        if (!gunzip.write(chunk)) await drained(gunzip);
      }
      gunzip.end();
    } catch (error) {
      gunzip.destroy(error as Error);
    }
  })();
  try {
    yield* gunzip as AsyncIterable<Buffer>;
  } finally {
    gunzip.destroy();
    await feeding;
  }
}
