import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ByteWindow, type ReadBytes } from '../inputs/byte-window.ts';
import { InputError } from '../inputs/input.ts';
import { headBytes, isGzip, type RecognisedInput, recogniseInput } from '../inputs/recognise-input.ts';
import { streamWindow } from '../inputs/stream-window.ts';

export interface OpenedInput extends RecognisedInput {
  /** Named by the user, rather than met in a folder. */
  loud: boolean;
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
  const reopen = async () => ({ window: start(), close: async () => {} });
  const recognised = await recogniseInput(window, { name: path, bytes, reopen });
  return { ...recognised, loud, close: () => file.close() };
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
    return { ...(await recogniseInput(window, { name, bytes: null, reopen })), loud, close };
  } catch (error) {
    return unreadable(name, reasonOf(error), loud);
  }
}

type Reopen = () => Promise<{ window: ByteWindow; close: () => Promise<void> }>;
