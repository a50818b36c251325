import { randomBytes } from 'node:crypto';
import {
  type BigIntStats,
  closeSync,
  constants,
  fstat,
  open as openDescriptor,
  rmSync,
  write as writeTo,
} from 'node:fs';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { promisify } from 'node:util';
import { descriptorOf, endOfLinks } from './descriptor-of.ts';
import { reasonWords, UsageError } from './usage-error.ts';
import { waitUntil } from './wait-until.ts';

export type OutputContent = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface OutputOptions {
  /** What the output is made from, as the user named it; `-` is standard input. */
  inputs: readonly string[];
}

/**
 * Writes a file whole or not at all: beside its place first, then renamed into it, so that neither a failure nor an
 * interrupt leaves half of one. A link is written through. What is no ordinary file (a pipe, a device, `/dev/stdout`)
 * is written to as it stands; a reader of a pipe that leaves early is no failure.
 *
 * Only the user may read a new file. One that is replaced keeps what others may do with it as far as they may do it with
 * every input. Rejects with `UsageError` when the path is a folder or one of the inputs, by whatever name, or when it
 * cannot be written; what `content` itself rejects with is passed on.
 */
export async function writeOutput(path: string, content: OutputContent, options: OutputOptions): Promise<void> {
  const { existing, descriptor } = await checkOutput(path, options);
  try {
    if (descriptor !== null) await toDescriptor(descriptor, content);
    else if (existing && !existing.isFile()) await toDevice(path, content, existing.isFIFO());
    else await toFile(await writing(() => endOfLinks(path)), content, existing, await sharedMode(options.inputs));
  } catch (error) {
    if (!(error instanceof WriteFailure)) throw error;
    throw new UsageError(`${path} ${reasonWords(error.cause, 'written')}`);
  }
}

/** What writing to a path meets. Rejects as `writeOutput` does, before any work is done for it. */
export async function checkOutput(path: string, { inputs }: OutputOptions) {
  const existing = await about(path);
  if (existing?.isDirectory() || path.endsWith('/')) throw new UsageError(`${path} is a folder; --output takes a file`);
  if (existing && !existing.isCharacterDevice()) {
    for (const input of inputs) {
      if (!isSame(existing, await about(input))) continue;
      const name = input === '-' ? 'standard input' : input;
      throw new UsageError(`--output names the same file as ${name}; the original would be lost`);
    }
  }
  return { existing, descriptor: existing ? await descriptorOf(path) : null };
}

/** What is at a path, links followed; null when nothing is, or it cannot be told. */
async function about(path: string): Promise<BigIntStats | null> {
  try {
    return path === '-' ? await promisify(fstat)(0, { bigint: true }) : await stat(path, { bigint: true });
  } catch {
    return null;
  }
}

/** Whether two names lead to one file. */
export function isSame(one: BigIntStats | null, other: BigIntStats | null): boolean {
  return one !== null && other !== null && one.dev === other.dev && one.ino === other.ino;
}

/** What others than the owner may do with every input; nothing where one of them is no ordinary file. */
async function sharedMode(inputs: readonly string[]): Promise<number> {
  let mode = inputs.length > 0 ? 0o066 : 0;
  for (const input of inputs) {
    const stats = await about(input);
    mode &= stats?.isFile() ? Number(stats.mode) : 0;
  }
  return mode;
}

/** A failure to write, told apart from a failure of the content to come. */
class WriteFailure extends Error {}

async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new WriteFailure('', { cause });
  }
}

async function toFile(path: string, content: OutputContent, existing: BigIntStats | null, shared: number) {
  const temporary = join(dirname(path), `.roomkey-${randomBytes(8).toString('hex')}`);
  const remove = () => rmSync(temporary, { force: true });
  const isOver = whenEnded(remove);
  let file: FileHandle | null = null;
  try {
    file = await writing(() => open(temporary, 'wx', 0o600));
    const opened = file;
    await eachPiece(content, (bytes) => writing(() => opened.writeFile(bytes)));
    await writing(() => allowOthers(opened, existing, shared));
    await writing(() => opened.close());
    await writing(() => rename(temporary, path));
  } catch (error) {
    await file?.close().catch(() => {});
    remove();
    throw error;
  } finally {
    isOver();
  }
}

const interrupts = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Has something done first when the process is to end, by itself or by a signal, until the function returned is called.
 * A signal then ends it as it would have. Nothing that keeps the process busy may be done meanwhile, as it would be deaf.
 */
function whenEnded(clean: () => void): () => void {
  const interrupted = (signal: NodeJS.Signals) => {
    clean();
    stop();
    process.kill(process.pid, signal);
  };
  const stop = () => {
    process.off('exit', clean);
    for (const signal of interrupts) process.off(signal, interrupted);
  };
  process.on('exit', clean);
  for (const signal of interrupts) process.on(signal, interrupted);
  return stop;
}

async function allowOthers(file: FileHandle, existing: BigIntStats | null, shared: number): Promise<void> {
  const mode = existing ? Number(existing.mode) & shared : 0;
  if (!existing || mode === 0) return;
  const { uid, gid } = await file.stat({ bigint: true });
  if (uid !== existing.uid || gid !== existing.gid) {
    try {
      await file.chown(Number(existing.uid), Number(existing.gid));
    } catch {
      // The permissions were given to another group than the file has now.
      return;
    }
  }
  await file.chmod(0o600 | mode);
}

async function toDescriptor(descriptor: number, content: OutputContent): Promise<void> {
  if (descriptor === 1) return toStream(process.stdout, content);
  if (descriptor === 2) return toStream(process.stderr, content);
  const stats = await writing(() => promisify(fstat)(descriptor));
  if (stats.isFIFO() || stats.isSocket())
    return toStream(new Socket({ fd: descriptor, readable: false, writable: true }), content, true);
  await eachPiece(content, (bytes) => writing(() => writeWhole(descriptor, bytes)));
}

async function toDevice(path: string, content: OutputContent, isPipe: boolean): Promise<void> {
  const descriptor = await writing(() => (isPipe ? openPipe(path) : openNow(path, 'w')));
  if (descriptor === null) throw new UsageError(`${path} is a pipe that nobody reads`);
  if (isPipe) return toStream(new Socket({ fd: descriptor, readable: false, writable: true }), content, true);
  try {
    await eachPiece(content, (bytes) => writing(() => writeWhole(descriptor, bytes)));
  } finally {
    closeSync(descriptor);
  }
}

const openNow = promisify(openDescriptor);

/** Null when nobody reads the pipe. Without O_NONBLOCK, waiting for a reader would hold the process even when it is to end. */
function openPipe(path: string): Promise<number | null> {
  return waitUntil(async () => {
    try {
      return await openNow(path, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      return null;
    }
  });
}

const writeSome = promisify(writeTo);

async function writeWhole(descriptor: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await writeSome(descriptor, bytes, at, bytes.length - at, null)).bytesWritten;
  }
}

/** Writes all of it, at the pace of the reader. */
async function toStream(stream: Writable, content: OutputContent, ends = false): Promise<void> {
  let failure: NodeJS.ErrnoException | null = null;
  const note = (error: NodeJS.ErrnoException) => {
    failure ??= error;
  };
  stream.on('error', note);
  try {
    await eachPiece(content, async (bytes) => {
      if (failure) return;
      await new Promise<void>((resolve) => {
        stream.write(bytes, (error) => {
          if (error) note(error);
          resolve();
        });
      });
    });
  } finally {
    // The listener stays where the stream outlives this: it may fail late.
    if (ends) stream.destroy();
  }
  const { code } = (failure ?? {}) as NodeJS.ErrnoException;
  if (failure && code !== 'EPIPE') throw new WriteFailure('', { cause: failure });
}

async function eachPiece(content: OutputContent, take: (bytes: Uint8Array) => Promise<void>): Promise<void> {
  if (typeof content === 'string') return take(Buffer.from(content));
  if (content instanceof Uint8Array) return take(content);
  for await (const bytes of content) await take(bytes);
}
