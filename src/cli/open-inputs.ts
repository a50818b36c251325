import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { Capture } from '../engine/model.ts';
import { ByteWindow, type ReadBytes } from '../inputs/byte-window.ts';
import { byteWork } from '../inputs/bytes.ts';
import { inputs } from '../inputs/index.ts';
import { InputError } from '../inputs/input.ts';

/** One input, ready to be read once. */
export interface OpenedInput {
  name: string;
  kind: string;
  bytes: number | null;
  /** Why it cannot be read at all; `read` must not be called then. */
  failure: InputError | null;
  /** Named by the user, rather than met in a folder. */
  loud: boolean;
  read(now: number, emit: (capture: Capture) => void): Promise<void>;
  close(): Promise<void>;
}

type Watch = (name: string, read: number, bytes: number | null) => void;

/** Opens the inputs one after the other. Folders are walked in the order of names; `-` is standard input. */
export async function* openInputs(
  names: readonly string[],
  stdin: Readable,
  watch: Watch,
): AsyncGenerator<OpenedInput> {
  for (const name of names) {
    if (name === '-') yield await openStream('standard input', stdin, watch);
    else yield* openPath(name, true, watch);
  }
}

async function* openPath(path: string, loud: boolean, watch: Watch): AsyncGenerator<OpenedInput> {
  try {
    const about = await stat(path);
    if (about.isDirectory()) {
      const names = (await readdir(path)).sort();
      if (names.length === 0 && loud) throw new InputError('input-empty', 'is an empty folder');
      for (const name of names) yield* openPath(join(path, name), false, watch);
    } else {
      yield await openFile(path, about.size, loud, watch);
    }
  } catch (error) {
    // A folder's own failure is always told: what it hides was not searched.
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES';
    yield unreadable(path, reasonOf(error), loud || denied);
  }
}

function reasonOf(error: unknown): InputError {
  if (error instanceof InputError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new InputError('input-missing', 'does not exist');
  if (code === 'EACCES' || code === 'EPERM') return new InputError('input-unreadable', 'may not be read by this user');
  return new InputError('input-unreadable', `cannot be read (${code ?? message})`);
}

function unreadable(name: string, failure: InputError, loud: boolean): OpenedInput {
  return { name, kind: 'unknown', bytes: null, failure, loud, read: async () => {}, close: async () => {} };
}

async function openFile(path: string, bytes: number, loud: boolean, watch: Watch): Promise<OpenedInput> {
  const file = await open(path, 'r');
  const start = () => {
    const read: ReadBytes = async (into, at) => (await file.read(into, 0, into.length, at)).bytesRead;
    return new ByteWindow(read, (position) => watch(path, position, bytes));
  };
  const window = start();
  const head = await window.atLeast(headBytes);
  if (isGzip(head)) {
    await file.close();
    const unpack = async () => (await open(path, 'r')).createReadStream().pipe(createGunzip());
    return openStream(path, await unpack(), watch, loud, async () => {
      const { window, close } = streamWindow(await unpack(), () => {});
      return { window, close };
    });
  }
  return recognise(
    path,
    window,
    bytes,
    loud,
    async () => ({ window: start(), close: async () => {} }),
    () => file.close(),
  );
}

async function openStream(
  name: string,
  stream: Readable,
  watch: Watch,
  loud = true,
  reopen: Reopen | null = null,
): Promise<OpenedInput> {
  try {
    const { window, close } = streamWindow(stream, (position) => watch(name, position, null));
    await window.atLeast(headBytes);
    return recognise(name, window, null, loud, reopen, close);
  } catch (error) {
    return unreadable(name, reasonOf(error), loud);
  }
}

type Reopen = () => Promise<{ window: ByteWindow; close: () => Promise<void> }>;

function streamWindow(stream: Readable, progress: (position: number) => void) {
  const iterator = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const read: ReadBytes = async (into) => {
    while (rest.length === 0) {
      const next = await iterator.next();
      if (next.done) return 0;
      rest = Buffer.from(next.value as Buffer);
    }
    const count = Math.min(rest.length, into.length);
    into.set(rest.subarray(0, count));
    rest = rest.subarray(count);
    return count;
  };
  return { window: new ByteWindow(read, progress), close: async () => void (await iterator.return?.()) };
}

const headBytes = 64 << 10;

function recognise(
  name: string,
  window: ByteWindow,
  bytes: number | null,
  loud: boolean,
  reopen: Reopen | null,
  close: () => Promise<void>,
): OpenedInput {
  const head = window.buffer.subarray(0, Math.min(window.length, headBytes));
  // UTF-16 is full of zero bytes, as binary files are; only what begins with its mark is taken for it.
  const wide = head[0] === 0xff && head[1] === 0xfe;
  const text = wide ? Buffer.from(head).toString('utf16le') : byteWork.utf8(head).replace(/^\ufeff/, '');
  const input = inputs.find((one) => one.matches(text)) ?? inputs[inputs.length - 1];
  const kind = wide ? 'text' : (input?.id ?? 'text');
  return {
    name,
    kind,
    bytes,
    failure: window.length === 0 ? new InputError('input-empty', 'is empty') : null,
    loud,
    close,
    async read(now, emit) {
      await input?.read(window, { now, name, bytes, reopen }, emit);
      if (kind === 'binary') {
        throw new InputError('input-binary', 'is a binary file; its bytes were searched as text');
      }
    },
  };
}

function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
