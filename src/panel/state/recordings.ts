import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { InspectClient, InspectClientOptions } from '../workers/inspect-client.ts';
import type { FilesRead, ReadProgress } from '../workers/inspect-messages.ts';
import type { Judged } from '../workers/report-changes.ts';

/** What is shown instead of the page. */
export interface Imported extends FilesRead {
  /** `call.har`, or `3 files`. */
  title: string;
}

export interface RecordingOptions {
  /** Starts what reads files and judges what is in them, as of a moment in seconds since the epoch. */
  begin: (options: Pick<InspectClientOptions, 'now' | 'onReport'>) => InspectClient;
  /** Called before files are read; when it rejects, they cannot be opened. */
  prepare: () => Promise<void>;
  /** Seconds since the epoch. */
  now: () => number;
  fail: (what: string, error: unknown) => void;
}

interface Opened {
  imported: Imported;
  client: InspectClient;
  judged: ReadonlySignal<Judged | null>;
}

/** Files the user opens in place of the page. The page is watched on meanwhile, and comes back as it is then. */
export function createRecordings({ begin, prepare, now, fail }: RecordingOptions) {
  const opened = signal<Opened | null>(null);
  const imported = computed(() => opened.value?.imported ?? null);
  const progress = signal<ReadProgress | null>(null);
  /** Whether what tells when it was recorded is judged by the clock all the same. */
  const isJudgedNow = signal(false);
  let reading: InspectClient | null = null;
  const asOf = computed(() => {
    const { saved, recordedAt } = imported.value ?? { saved: null, recordedAt: null };
    // A report is a record: it stays as it was judged. 0 is one that does not say when that was.
    if (saved) return saved.report.now || null;
    return isJudgedNow.value ? null : recordedAt;
  });

  function show(next: Opened | null): void {
    const before = opened.value;
    opened.value = next;
    before?.client.stop();
  }

  /** Gives up a running reading, without a word. */
  function cancel(): void {
    const stopped = reading;
    reading = null;
    progress.value = null;
    stopped?.stop();
  }

  return {
    imported,
    /** The report of what is in them; null while no files are shown. */
    judged: computed(() => opened.value?.judged.value ?? null),
    isJudgedNow,

    /** Seconds since the epoch, as of which what is shown is judged; null for the clock. */
    asOf,
    /** How far a running reading is; null when none runs. */
    progress,

    /** Reads files and shows what they hold. What was shown stays until then, and when nothing can be read. */
    async open(files: readonly File[]): Promise<void> {
      const [first] = files;
      if (!first) return;
      reading?.stop();
      const judged = signal<Judged | null>(null);
      const client: InspectClient = begin({
        now: () => (opened.value?.client === client ? asOf.value : null) ?? now(),
        onReport: (one) => {
          judged.value = one;
        },
      });
      reading = client;
      const title = files.length === 1 ? first.name : `${files.length} files`;
      progress.value = { name: first.name, read: 0, bytes: first.size };
      try {
        await prepare();
        if (reading !== client) return;
        const read = await client.ask(
          { kind: 'read', files },
          {
            onReading: (one) => {
              if (reading === client) progress.value = one;
            },
          },
        );
        if (reading !== client || !read) return;
        batch(() => {
          isJudgedNow.value = false;
          show({ imported: { title, ...read }, client, judged });
        });
      } catch (error) {
        if (reading === client) fail(`${title} could not be opened`, error);
      } finally {
        if (reading === client) {
          reading = null;
          progress.value = null;
        }
        if (opened.value?.client !== client) client.stop();
      }
    },

    /** Judges what is shown again, for what is around it has changed. */
    async judge(): Promise<void> {
      const { value: shown } = opened;
      const isShown = () => shown !== null && opened.peek() === shown;
      if (!isShown()) return;
      try {
        await prepare();
        if (isShown()) await shown?.client.ask({ kind: 'judge' });
      } catch (error) {
        if (isShown()) fail(`${shown?.imported.title} could not be judged`, error);
      }
    },

    cancel,

    /** Back to the page. */
    leave: (): void => show(null),

    close(): void {
      cancel();
      show(null);
    },
  };
}

export type Recordings = ReturnType<typeof createRecordings>;
