import { readReport, type SavedReport } from '../../engine/report/read-report.ts';
import { ByteWindow } from '../../inputs/bytes/byte-window.ts';
import { readJson } from '../../inputs/bytes/read-json.ts';
import { streamWindow } from '../../inputs/bytes/stream-window.ts';
import { asInputError, createGatherer, type Gathered } from '../../inputs/gather.ts';
import { InputError } from '../../inputs/input.ts';
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
    const { input, close } = await openFile(file, onProgress);
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
  return { ...gatherer.finish(), saved: null };
}

async function openFile(file: File, onProgress: (progress: ReadProgress) => void) {
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
  const start = () =>
    new ByteWindow(async (into, at) => {
      const bytes = new Uint8Array(await file.slice(at, at + into.length).arrayBuffer());
      into.set(bytes);
      return bytes.length;
    }, tell(size));
  const unpack = () => streamWindow(unpacked(file), tell(null));
  const isPacked = isGzip(new Uint8Array(await headOf(file)));
  const { window, close } = isPacked ? unpack() : { window: start(), close: async () => {} };
  const reopen = async () => (isPacked ? unpack() : { window: start(), close: async () => {} });
  try {
    return { input: await recogniseInput(window, { name, bytes: isPacked ? null : size, reopen }), close };
  } catch (error) {
    const failure = asInputError(error);
    const input: RecognisedInput = { name, kind: 'unknown', bytes: null, window: null, failure, read: async () => {} };
    return { input, close };
  }
}

async function headOf(file: File): Promise<ArrayBuffer> {
  try {
    return await file.slice(0, 2).arrayBuffer();
  } catch {
    // Recognising it will fail in the same way, and say so.
    return new ArrayBuffer(0);
  }
}

async function* unpacked(file: File): AsyncGenerator<Uint8Array> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch {
    throw new InputError('input-truncated', 'is damaged or cut off inside its gzip packing');
  } finally {
    await reader.cancel().catch(() => {});
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
