import { type BigIntStats, closeSync, constants, createReadStream, open, readSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import { InputError } from '../inputs/input.ts';
import { descriptorOf } from './descriptor-of.ts';
import { waitUntil } from './wait-until.ts';

const openNow = promisify(open);

/** Opens whatever a path names, to be read from its start to its end. Rejects as `openStream` does. */
export async function openReadable(path: string): Promise<Readable> {
  const stats = await stat(path, { bigint: true });
  if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  if (!stats.isFile()) return openStream(path, stats);
  return createReadStream('', { fd: await openNow(path, constants.O_RDONLY | constants.O_NONBLOCK) });
}

/**
 * Opens what is no ordinary file: a pipe, such as that of a process substitution, or a device. Nothing is opened so that
 * it could block, as a thread that waits in the kernel would hold the process even when it is to end. Rejects with
 * `InputError`, or as the platform does.
 */
export async function openStream(path: string | Buffer, stats: BigIntStats): Promise<Readable> {
  const descriptor = await descriptorOf(path.toString());
  if (stats.isSocket()) {
    if (descriptor === null) throw new InputError('input-unreadable', 'is a socket, which cannot be opened as a file');
    return new Socket({ fd: descriptor, readable: true, writable: false });
  }
  const opened = await openNow(path, constants.O_RDONLY | constants.O_NONBLOCK);
  if (stats.isFIFO()) return openPipe(opened, descriptor !== null);
  return isatty(opened) ? new ReadStream(opened) : createReadStream('', { fd: opened });
}

/** A pipe in a folder may be opened before anybody writes to it, and then reads as if it had ended. */
async function openPipe(descriptor: number, isConnected: boolean): Promise<Readable> {
  const first = Buffer.alloc(1 << 16);
  const count = isConnected ? 0 : await waitUntil(async () => readAtOnce(descriptor, first) || null);
  if (count === null) {
    closeSync(descriptor);
    throw new InputError('input-unreadable', 'is a pipe that nobody writes to');
  }
  const rest = new Socket({ fd: descriptor, readable: true, writable: false });
  return count > 0 ? Readable.from(joined(first.subarray(0, count), rest), { objectMode: false }) : rest;
}

/** How many bytes there are; 0 without a writer, negative while one has written nothing yet. */
function readAtOnce(descriptor: number, into: Buffer): number {
  try {
    return readSync(descriptor, into);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return -1;
    throw error;
  }
}

async function* joined(first: Buffer, rest: Readable): AsyncGenerator<Buffer> {
  yield first;
  yield* rest as AsyncIterable<Buffer>;
}
