import { batch, computed, signal } from '@preact/signals';
import type { Problem } from '../../engine/model/capture.ts';
import type { ReportInput } from '../../engine/model/report.ts';
import type { Sighting } from '../../engine/model/token.ts';
import type { SavedReport } from '../../engine/report/read-report.ts';
import type { FileReading } from '../workers/read-client.ts';
import type { FilesRead, ReadProgress } from '../workers/read-messages.ts';

/** What is shown instead of the page. */
export interface Imported {
  /** `call.har`, or `3 files`. */
  title: string;
  sightings: readonly Sighting[];
  problems: readonly Problem[];
  inputs: readonly ReportInput[];
  saved: SavedReport | null;
  /** Seconds since the epoch: when it was recorded, as far as it tells. */
  recordedAt: number | null;
}

export interface RecordingOptions {
  reading: FileReading;
  /** Seconds since the epoch. */
  now: () => number;
  /** Called before what was read is shown. */
  take: (files: FilesRead) => Promise<void>;
  fail: (what: string, error: unknown) => void;
}

/** Files the user opens in place of the page. The page is watched on meanwhile, and comes back as it is then. */
export function createRecordings({ reading, now, take, fail }: RecordingOptions) {
  const imported = signal<Imported | null>(null);
  const progress = signal<ReadProgress | null>(null);
  /** Whether what tells when it was recorded is judged by the clock all the same. */
  const isJudgedNow = signal(false);
  let latest = 0;

  return {
    imported,
    isJudgedNow,

    /** Seconds since the epoch, as of which what is shown is judged; null for the clock. */
    asOf: computed(() => {
      const { saved, recordedAt } = imported.value ?? { saved: null, recordedAt: null };
      // A report is a record: it stays as it was judged. 0 is one that does not say when that was.
      if (saved) return saved.report.now || null;
      return isJudgedNow.value ? null : recordedAt;
    }),
    /** How far a running reading is; null when none runs. */
    progress,

    /** Reads files and shows what they hold. What was shown stays until then, and when nothing can be read. */
    async open(files: readonly File[]): Promise<void> {
      const [first] = files;
      if (!first) return;
      latest += 1;
      const mine = latest;
      const title = files.length === 1 ? first.name : `${files.length} files`;
      progress.value = { name: first.name, read: 0, bytes: first.size };
      try {
        const read = await reading.read(files, now(), (one) => {
          if (mine === latest) progress.value = one;
        });
        if (mine !== latest) return;
        await take(read);
        const unreadable = read.inputs.flatMap((input) => input.problems);
        batch(() => {
          const { sightings, problems, inputs, saved, recordedAt } = read;
          isJudgedNow.value = false;
          imported.value = { title, sightings, problems: [...problems, ...unreadable], inputs, saved, recordedAt };
        });
      } catch (error) {
        if (mine === latest) fail(`${title} could not be opened`, error);
      } finally {
        if (mine === latest) progress.value = null;
      }
    },

    /** Gives up a running reading, without a word. */
    cancel(): void {
      latest += 1;
      progress.value = null;
      reading.cancel();
    },

    /** Back to the page. */
    leave(): void {
      imported.value = null;
    },
  };
}

export type Recordings = ReturnType<typeof createRecordings>;
