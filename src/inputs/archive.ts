import type { Entry, ZipReader } from '@zip.js/zip.js';
import { detect } from '../engine/find/detect.ts';
import { isZip } from '../engine/text/packing.ts';
import type { ByteWindow } from './bytes/byte-window.ts';
import { byteWork } from './bytes/byte-work.ts';
import { InputError } from './bytes/input-error.ts';
import { chunksOf, streamWindow, wholeOf } from './bytes/stream-window.ts';
import { mostBeside, type ReadBeside } from './input.ts';

export { isZip };

/** Bytes of which any can be read at any time. */
export interface SeekableBytes {
  size: number;
  /** Fewer at the end. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/** Takes what an archive tells besides what its files hold: their names, and comments. */
type TakeLabel = (label: string) => void;

/** One file of an archive. */
interface ArchiveEntry {
  /** Its path in the archive. */
  name: string;
  /** Reads another file by its path from the folder that this one lies in. */
  beside: ReadBeside;
  /** When it was last changed, by its table of contents. */
  modified: Date;
  /** Why it cannot be read; `open` must not be called then. */
  failure: InputError | null;
  /** What it unpacks to, from its start; an archive that says less of it than comes out ends it with `InputError`. */
  open(): AsyncIterable<Uint8Array>;
}

/** Files read of one archive. */
const mostEntries = 100_000;
/** Archives inside archives that are opened. */
const mostDeep = 3;
/** Largest archive that is held in memory, in bytes: one that comes as a stream. */
const mostHeld = 512 << 20;
/** Longest path of a file in an archive, in characters. */
const longestName = 1000;
const chunkBytes = 1 << 18;

/**
 * The files of a zip archive in the order of its table of contents, ZIP64 included: trace.zip of Playwright, .saz of Fiddler, .chlz of
 * Charles. Rejects with `InputError` where there is no such table, or it cannot be read.
 */
export async function* archiveEntries(
  bytes: SeekableBytes,
  takeLabel: TakeLabel = () => {},
): AsyncGenerator<ArchiveEntry> {
  const zip = await openZip(bytes);
  const inArchive = byPath(bytes);
  let count = 0;
  const spans: Span[] = [];
  const entries = zip.getEntriesGenerator();
  for (;;) {
    const next = await entries.next().catch(() => {
      throw new InputError('input-truncated', 'is damaged or cut off: its table of contents cannot be read');
    });
    if (next.done) break;
    const entry = next.value;
    spans.push([entry.offset, entry.offset + localHeaderBytes + entry.rawFilename.length + entry.compressedSize]);
    takeLabel(entry.filename);
    takeLabel(entry.comment);
    if (entry.directory) continue;
    count += 1;
    if (count > mostEntries) {
      throw new InputError(
        'input-too-large',
        `holds more than ${mostEntries.toLocaleString('en-US')} files; the rest was not read`,
      );
    }
    yield {
      name: entry.filename.slice(0, longestName),
      failure: failureOf(entry),
      beside: (path) => inArchive(entry.filename.slice(0, entry.filename.lastIndexOf('/') + 1) + path),
      modified: entry.lastModDate,
      open: () => unpack(entry),
    };
  }
  takeLabel(byteWork.utf8(zip.comment ?? new Uint8Array()));
  if (await holdsUnnamed(bytes, spans)) {
    const words = 'holds files that its table of contents does not name, and which were not searched';
    throw new InputError('input-truncated', words);
  }
}

/** Where a file lies in an archive, from its header on; what follows its end may belong to it, too: an extra field, its sizes. */
type Span = [start: number, end: number];
/** APPNOTE 6.3.10 §4.3.7, without the name. */
const localHeaderBytes = 30;
/** How far behind a file is looked, in bytes: an extra field, and a header. */
const mostBehind = 1 << 17;

/** Whether a file begins between those that are named, before them or behind them. */
async function holdsUnnamed({ size, read }: SeekableBytes, spans: Span[]): Promise<boolean> {
  let at = 0;
  for (const [start, end] of [...spans.sort(([one], [other]) => one - other), [size, size] as const]) {
    if (start - at >= localHeaderBytes && hasLocalHeader(await read(at, Math.min(start - at, mostBehind)))) return true;
    at = Math.max(at, end);
  }
  return false;
}

/** Whether a header of a file stands in bytes: its mark, a version and a method that there are, and a name. */
function hasLocalHeader(bytes: Uint8Array): boolean {
  for (
    let at = bytes.indexOf(0x50);
    at >= 0 && at + localHeaderBytes <= bytes.length;
    at = bytes.indexOf(0x50, at + 1)
  ) {
    const [, second, third, fourth, version = 0, , , , method = 0, methodHigh] = bytes.subarray(at, at + 10);
    const nameBytes = (bytes[at + 26] ?? 0) | ((bytes[at + 27] ?? 0) << 8);
    const isMarked = second === 0x4b && third === 3 && fourth === 4;
    if (isMarked && version <= 63 && method <= 99 && methodHigh === 0 && nameBytes > 0 && nameBytes <= longestName)
      return true;
  }
  return false;
}

async function openZip({ size, read }: SeekableBytes): Promise<ZipReader<unknown>> {
  const { ZipReader } = await import('@zip.js/zip.js/lib/zip-core-reader.js');
  const reader = {
    size,
    init() {},
    readUint8Array: read,
    createReadable({ offset, size: length }: { offset: number; size: number }) {
      let at = offset;
      return new ReadableStream<Uint8Array>({
        async pull(controller) {
          const some = at < offset + length ? await read(at, Math.min(chunkBytes, offset + length - at)) : null;
          if (!some?.length) return controller.close();
          at += some.length;
          controller.enqueue(some);
        },
      });
    },
  };
  // Its workers would be scripts of their own, which an extension does not load.
  return new ZipReader(reader as never, { useWebWorkers: false, strictness: 'tolerant' });
}

/** Reads small files of an archive by their paths in it; null for what is not there, or cannot be read whole. */
function byPath(archive: SeekableBytes): ReadBeside {
  let entries: Promise<Map<string, Entry>> | null = null;
  const listed = async () => {
    const all = new Map<string, Entry>();
    for await (const entry of (await openZip(archive)).getEntriesGenerator()) {
      if (all.size >= mostEntries) break;
      if (!entry.directory) all.set(entry.filename, entry);
    }
    return all;
  };
  return async (path) => {
    entries ??= listed();
    try {
      const entry = (await entries).get(path);
      return entry && !failureOf(entry) && entry.uncompressedSize <= mostBeside
        ? await wholeOf(unpack(entry), mostBeside)
        : null;
    } catch {
      return null;
    }
  };
}

const stored = 0;
const deflated = 8;

function failureOf({ encrypted, compressionMethod }: Entry): InputError | null {
  if (encrypted) return new InputError('input-encrypted', 'is encrypted, and was not searched');
  if (compressionMethod === stored || compressionMethod === deflated) return null;
  const words = `is packed in a way that is not read (method ${compressionMethod} of zip), and was not searched`;
  return new InputError('input-packed', words);
}

async function* unpack(entry: Entry): AsyncGenerator<Uint8Array> {
  if (entry.directory) return;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const stop = new AbortController();
  // What fails it ends the stream, or else whoever reads would wait for ever.
  const written = entry
    .getData(writable, { signal: stop.signal, checkSignature: true })
    .catch((error: unknown) => writable.abort(error).catch(() => {}));
  try {
    yield* chunksOf(readable);
  } catch {
    throw new InputError('input-truncated', 'is damaged or cut off inside its archive');
  } finally {
    stop.abort();
    await written;
  }
}

/** What an archive holds, archives in it opened: a file to be read, or something that is not, and why. */
export type ArchivePart =
  /** `depth` counts the archives that it lies in. */
  | {
      name: string;
      depth: number;
      beside: ReadBeside;
      /** The first few bytes of what it unpacks to. */
      head: Uint8Array;
      /** What it unpacks to, from its start; it is unpacked once more when it is asked for again. */
      open(): AsyncIterable<Uint8Array>;
    }
  | { name: string; kind: 'archive' | 'unknown'; bytes: number | null; failure: InputError | null };

/**
 * Each file of an archive by its name behind that of the archive, and of archives in it; behind each archive itself, which tells how
 * it went. `depth` counts the archives that it lies in, itself too. Rejects only for what is no failure of reading.
 */
export async function* archiveParts(
  name: string,
  archive: SeekableBytes,
  asFailure: (error: unknown) => InputError,
  depth = 1,
): AsyncGenerator<ArchivePart> {
  let failure: InputError | null = null;
  const labels: string[] = [];
  const take = (label: string) => {
    if (detect(label).hits.length > 0) labels.push(label);
  };
  try {
    for await (const entry of archiveEntries(archive, take)) {
      const inside = `${name}/${entry.name}`;
      if (entry.failure) yield { name: inside, kind: 'unknown', bytes: null, failure: entry.failure };
      else yield* entryParts(inside, entry, asFailure, depth);
    }
  } catch (error) {
    failure = asFailure(error);
  }
  if (labels.length > 0) yield labelsPart(name, labels, depth);
  yield { name, kind: 'archive', bytes: archive.size, failure };
}

/** Names and comments of an archive that hold tokens, as a text. */
function labelsPart(name: string, labels: readonly string[], depth: number): ArchivePart {
  const bytes = new TextEncoder().encode(`Names and comments:\n${labels.join('\n')}\n`);
  return {
    name: `${name} (names and comments)`,
    depth,
    beside: async () => null,
    head: bytes,
    async *open() {
      yield bytes;
    },
  };
}

async function* entryParts(
  name: string,
  { open, beside }: ArchiveEntry,
  asFailure: (error: unknown) => InputError,
  depth: number,
): AsyncGenerator<ArchivePart> {
  const opened = await openOnce(open);
  try {
    if (!isZip(opened.head)) {
      yield { name, depth, beside, ...opened };
      return;
    }
    const { window, close } = streamWindow(opened.open());
    try {
      const archive = await heldArchive(window, depth);
      if (archive) yield* archiveParts(name, archive, asFailure, depth + 1);
      else yield { name, kind: 'archive', bytes: null, failure: notOpened(depth) };
    } finally {
      await close();
    }
  } finally {
    await opened.close();
  }
}

/** Looks at the first bytes of a stream without giving them away: who opens it first goes on where the look has ended. */
async function openOnce(open: () => AsyncIterable<Uint8Array>) {
  const chunks = open()[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let left: AsyncIterable<Uint8Array> | null = null;
  try {
    while (length < 4) {
      const next = await chunks.next();
      if (next.done) break;
      pieces.push(next.value);
      length += next.value.length;
    }
    left = { [Symbol.asyncIterator]: () => joined(pieces, chunks) };
  } catch {
    // It fails in the same way for whoever reads it.
  }
  const head = new Uint8Array(pieces.flatMap((piece) => [...piece.subarray(0, 4)]));
  return {
    head,
    open(): AsyncIterable<Uint8Array> {
      const once = left;
      left = null;
      return once ?? open();
    },
    /** Where nobody has opened it. */
    close: async () => void (left && (await chunks.return?.())),
  };
}

/** The pieces that were read of a stream, and then the others. */
function joined(pieces: Uint8Array[], chunks: AsyncIterator<Uint8Array>): AsyncIterator<Uint8Array> {
  return {
    next: async () => {
      const value = pieces.shift();
      return value ? { done: false, value } : chunks.next();
    },
    return: async () => {
      await chunks.return?.();
      return { done: true, value: undefined };
    },
  };
}

/** All bytes of an archive that comes as a stream, since it is read from its end; null where they are too many, or it lies too deep. */
export async function heldArchive(window: ByteWindow, depth = 0): Promise<SeekableBytes | null> {
  if (depth >= mostDeep) return null;
  const bytes = await window.atLeast(mostHeld + 1);
  if (bytes.length > mostHeld) return null;
  return { size: bytes.length, read: async (at, length) => bytes.slice(at, at + length) };
}

/** Why an archive is not opened that lies in so many others, or else is too large to be held. */
export function notOpened(depth = 0): InputError {
  const words =
    depth >= mostDeep
      ? `lies in ${mostDeep} archives, one in the other, and was not searched`
      : `is an archive of more than ${mostHeld >> 20} MB that comes as a stream, and was not searched; name it as a file`;
  return new InputError('input-too-large', words);
}
