import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { archiveParts, heldArchive, isZip, notOpened, type SeekableBytes } from '../../inputs/archive.ts';
import { ByteWindow } from '../../inputs/bytes/byte-window.ts';
import { streamWindow } from '../../inputs/bytes/stream-window.ts';
import type { ReadBeside, ReadContext } from '../../inputs/input.ts';
import { InputError } from '../../inputs/input.ts';
import { headBytes, isGzip, type RecognisedInput, recogniseInput } from '../../inputs/recognise-input.ts';
import {
  mostOfDevice,
  mostOfStream,
  mostUnpacked,
  type ReadingEnd,
  readFileBytes,
  streamBytes,
} from '../bounded-bytes.ts';
import { openStream } from '../open-stream.ts';
import { readBeside } from '../read-beside.ts';
import { reasonWords, UsageError } from '../usage-error.ts';
import { type PassedOver, walkFolder } from '../walk-folder.ts';
import { isSame } from '../write-output.ts';

export interface OpenedInput extends RecognisedInput {
  /** Named by the user, rather than met in a folder. */
  isNamed: boolean;
  close(): Promise<void>;
}

export interface OpeningOptions {
  stdin: Readable;
  watch: (name: string, read: number, bytes: number | null) => void;
  passedOver: PassedOver;
  /** Globs of what is not searched in folders. */
  exclude: readonly string[];
  /** The file that the report will replace, which must not be one that is read. */
  output: BigIntStats | null;
}

/** Opens the inputs one after the other, each to be closed before the next. Folders are walked in the order of names; `-` is standard input. */
export async function* openInputs(names: readonly string[], options: OpeningOptions): AsyncGenerator<OpenedInput> {
  const visited = new Set<string>();
  let stdin: Readable | null = options.stdin;
  for (const name of names) {
    if (name === '-') {
      const failure = new InputError('input-unreadable', 'can be read only once');
      if (stdin) yield* openStreamed('standard input', stdin, options);
      else yield unreadable('standard input', failure, true);
      stdin = null;
    } else {
      yield* openPath(name, visited, options);
    }
  }
}

async function* openPath(path: string, visited: Set<string>, options: OpeningOptions): AsyncGenerator<OpenedInput> {
  let stats: BigIntStats;
  try {
    stats = await stat(path, { bigint: true });
  } catch (error) {
    yield unreadable(path, reasonOf(error), true);
    return;
  }
  if (!stats.isDirectory()) {
    yield* openFile(path, stats, options, null);
    return;
  }
  for await (const met of walkFolder(path, { visited, passedOver: options.passedOver, exclude: options.exclude })) {
    const name = met.path.toString();
    if ('error' in met) {
      yield unreadable(name, reasonOf(met.error), name === path);
      continue;
    }
    if (isSame(met.stats, options.output)) {
      throw new UsageError(`--output names ${name}, which is among the files to read; the original would be lost`);
    }
    yield* openFile(met.path, met.stats, options, readBeside(name, met.leftOut));
  }
}

function reasonOf(error: unknown): InputError {
  if (error instanceof InputError) return error;
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
  return new InputError(isMissing ? 'input-missing' : 'input-unreadable', reasonWords(error, 'read'));
}

function unreadable(name: string, failure: InputError | null, isNamed: boolean): OpenedInput {
  return {
    name,
    kind: 'unknown',
    bytes: null,
    window: null,
    failure,
    isNamed,
    read: async () => {},
    close: async () => {},
  };
}

async function* openFile(
  path: string | Buffer,
  stats: BigIntStats,
  options: OpeningOptions,
  beside: ReadBeside | null,
): AsyncGenerator<OpenedInput> {
  const name = path.toString();
  const isNamed = beside === null;
  try {
    if (stats.isFile()) yield* openOrdinary(path, options, beside);
    else {
      const most = stats.isFIFO() || stats.isSocket() ? mostOfStream : mostOfDevice;
      yield* openStreamed(name, await openStream(path, stats), options, { most });
    }
  } catch (error) {
    yield unreadable(name, reasonOf(error), isNamed);
  }
}

/** `beside` reads other files of the folder that it was met in; null for what the user named. */
async function* openOrdinary(
  path: string | Buffer,
  options: OpeningOptions,
  beside: ReadBeside | null,
): AsyncGenerator<OpenedInput> {
  const name = path.toString();
  const isNamed = beside === null;
  // Some files of the kernel would wait for news without O_NONBLOCK.
  const openNow = () => open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const file = await openNow();
  try {
    const stats = await file.stat();
    // What lies nowhere on a disk may have any size, whatever it says.
    const bytes = stats.size > 0 && (stats.blocks > 0 || stats.size <= mostOfDevice) ? stats.size : null;
    const start = (end: ReadingEnd) =>
      new ByteWindow(readFileBytes(file, bytes, end), (position) => options.watch(name, position, bytes), bytes);
    const end: ReadingEnd = { failure: null };
    const window = start(end);
    const head = await window.atLeast(headBytes);
    if (isZip(head) && bytes !== null) {
      yield* openArchive(name, { size: bytes, read: readFrom(file) }, options, { isNamed });
      return;
    }
    if (isGzip(head)) {
      await file.close();
      const unpack = async () => (await openNow()).createReadStream();
      yield* openStreamed(name, await unpack(), options, { isNamed, reopen: unpack, most: mostUnpacked });
      return;
    }
    const reopen = async () => ({ window: start({ failure: null }), close: async () => {} });
    const recognised = await recogniseInput(window, { name, bytes, reopen, beside });
    yield { ...toTheEnd(recognised, end), isNamed, close: () => file.close() };
  } finally {
    await file.close().catch(() => {});
  }
}

function readFrom(file: FileHandle): SeekableBytes['read'] {
  return async (at, length) => {
    const bytes = new Uint8Array(length);
    const { bytesRead } = await file.read(bytes, 0, length, at);
    return bytes.subarray(0, bytesRead);
  };
}

async function* openArchive(
  name: string,
  archive: SeekableBytes,
  options: OpeningOptions,
  { isNamed = true, depth = 0 }: Pick<StreamOptions, 'isNamed' | 'depth'>,
): AsyncGenerator<OpenedInput> {
  for await (const part of archiveParts(name, archive, reasonOf, depth + 1)) {
    if ('open' in part) {
      const reopen = async () => Readable.from(part.open(), { objectMode: false });
      yield* openStreamed(part.name, await reopen(), options, {
        isNamed: false,
        reopen,
        most: mostUnpacked,
        depth: part.depth,
        beside: part.beside,
      });
    } else {
      yield { ...unreadable(part.name, part.failure, isNamed), kind: part.kind, bytes: part.bytes };
    }
  }
}

async function* openStreamed(
  name: string,
  stream: Readable,
  options: OpeningOptions,
  { isNamed = true, reopen = null, most = mostOfStream, depth = 0, beside = null }: StreamOptions = {},
): AsyncGenerator<OpenedInput> {
  const end: ReadingEnd = { failure: null };
  const { window, close } = streamWindow(streamBytes(stream, most, end), (position) =>
    options.watch(name, position, null),
  );
  const again: ReadContext['reopen'] =
    reopen && (async () => streamWindow(streamBytes(await reopen(), most, { failure: null }), () => {}));
  try {
    if (isZip(await window.atLeast(4))) {
      const archive = await heldArchive(window, depth);
      if (archive) yield* openArchive(name, archive, options, { isNamed, depth });
      else yield { ...unreadable(name, notOpened(depth), isNamed), kind: 'archive' };
      return;
    }
    const recognised = await recogniseInput(window, { name, bytes: null, reopen: again, beside });
    yield { ...toTheEnd(recognised, end), isNamed, close };
  } finally {
    await close();
  }
}

interface StreamOptions {
  isNamed?: boolean;
  /** In how many archives it lies; packed once more, one may lie in more than are opened at a time. */
  depth?: number;
  reopen?: (() => Promise<Readable>) | null;
  most?: number;
  beside?: ReadBeside | null;
}

/** Tells after the reading why the bytes ended early, which is the cause of whatever else failed by then. */
function toTheEnd(recognised: RecognisedInput, end: ReadingEnd): RecognisedInput {
  return {
    ...recognised,
    failure: recognised.failure && (end.failure ?? recognised.failure),
    async read(now, emit, recorded) {
      try {
        await recognised.read(now, emit, recorded);
      } catch (error) {
        throw end.failure ?? contained(error);
      }
      if (end.failure) throw end.failure;
    },
  };
}

/** A failure of the program itself in one input, so that the others are still read. */
function contained(error: unknown): unknown {
  if (error instanceof InputError || typeof (error as { code?: unknown }).code === 'string') return error;
  const { name } = error as { name?: unknown };
  return new InputError('input-failed', `could not be read to its end: the program failed (${String(name)})`);
}
