import { readReport, type SavedReport } from '../../engine/report/read-report.ts';
import { type ArchivePart, archiveParts, isZip, type SeekableBytes } from '../../inputs/archive.ts';
import { ByteWindow } from '../../inputs/bytes/byte-window.ts';
import { readJson } from '../../inputs/bytes/read-json.ts';
import { chunksOf, streamWindow } from '../../inputs/bytes/stream-window.ts';
import { asInputError, createGatherer, type Gathered } from '../../inputs/gather.ts';
import { InputError, type ReadBeside } from '../../inputs/input.ts';
import { isGzip, type RecognisedInput, recogniseInput } from '../../inputs/recognise-input.ts';
import { isSavedReport } from '../../inputs/saved-report.ts';
import type { ReadProgress } from './inspect-messages.ts';

/** Places listed at most; beyond them a table helps nobody. */
const mostPlaces = 50_000;
/** Between two reports of progress, in bytes. */
const progressBytes = 4 << 20;

/** Reads what the command line reads, by the same code, and finds the tokens in it. Progress is told every few megabytes. */
export async function readFiles(
  files: readonly File[],
  now: number,
  onProgress: (progress: ReadProgress) => void = () => {},
): Promise<Gathered & { saved: SavedReport | null }> {
  const gatherer = createGatherer({ most: mostPlaces });
  for (const file of files) {
    for await (const { input, close } of openFile(file, onProgress)) {
      try {
        if (files.length === 1 && input.kind === 'json' && input.window && isSavedReport(input.window)) {
          const saved = await readSaved(input.window, file.name);
          if (saved) return { sightings: [], problems: [], inputs: [], lookedAt: [], recordedAt: null, saved };
        }
        await gatherer.add(input, now);
      } finally {
        await close();
      }
    }
  }
  return { ...gatherer.finish(), saved: null };
}

interface Opened {
  input: RecognisedInput;
  close: () => Promise<void>;
}

/** A file; of an archive each file in it, and then the archive itself. */
async function* openFile(file: File, onProgress: (progress: ReadProgress) => void): AsyncGenerator<Opened> {
  const { name, size } = file;
  const tell = (bytes: number | null) => {
    let last = 0;
    return (read: number) => {
      if (read - last < progressBytes) return;
      last = read;
      onProgress({ name, read, bytes });
    };
  };
  onProgress({ name, read: 0, bytes: size });
  const read = async (at: number, length: number) => new Uint8Array(await file.slice(at, at + length).arrayBuffer());
  const start = () =>
    new ByteWindow(async (into, at) => {
      const bytes = await read(at, into.length);
      into.set(bytes);
      return bytes.length;
    }, tell(size));
  const head = await headOf(file);
  if (isZip(head)) {
    yield* openArchive(name, { size, read });
    return;
  }
  const isPacked = isGzip(head);
  const open = () =>
    isPacked ? streamWindow(gunzipped(file.stream()), tell(null)) : { window: start(), close: async () => {} };
  yield await recognised(name, isPacked ? null : size, open);
}

async function recognised(
  name: string,
  bytes: number | null,
  open: () => { window: ByteWindow; close: () => Promise<void> },
  beside: ReadBeside | null = null,
): Promise<Opened> {
  const { window, close } = open();
  try {
    return { input: await recogniseInput(window, { name, bytes, reopen: async () => open(), beside }), close };
  } catch (error) {
    return { input: unread(name, 'unknown', asInputError(error)), close };
  }
}

function unread(name: string, kind: string, failure: InputError | null): RecognisedInput {
  return { name, kind, bytes: null, window: null, failure, read: async () => {} };
}

async function* openArchive(name: string, archive: SeekableBytes): AsyncGenerator<Opened> {
  for await (const part of archiveParts(name, archive, asInputError)) {
    if ('open' in part) yield await openPart(part);
    else yield { input: { ...unread(part.name, part.kind, part.failure), bytes: part.bytes }, close: async () => {} };
  }
}

type OpenablePart = Extract<ArchivePart, { open: unknown }>;

async function openPart({ name, head, open, beside }: OpenablePart): Promise<Opened> {
  return recognised(name, null, () => streamWindow(isGzip(head) ? gunzipped(streamOf(open())) : open()), beside);
}

async function headOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.slice(0, 4).arrayBuffer());
  } catch {
    // Recognising it will fail in the same way, and say so.
    return new Uint8Array();
  }
}

function streamOf(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    cancel: async () => void (await iterator.return?.()),
  });
}

async function* gunzipped(packed: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array> {
  try {
    yield* chunksOf(packed.pipeThrough(new DecompressionStream('gzip')));
  } catch {
    throw new InputError('input-truncated', 'is damaged or cut off inside its gzip packing');
  }
}

async function readSaved(window: ByteWindow, name: string): Promise<SavedReport | null> {
  try {
    const saved = readReport((await readJson(window)).value, name);
    if (!saved) return null;
    // The panel has one list of what could not be read.
    const problems = [...saved.report.problems, ...saved.told.inputs.flatMap((input) => input.problems)];
    return { ...saved, report: { ...saved.report, problems } };
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
