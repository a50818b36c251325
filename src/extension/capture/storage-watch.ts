import type { Probe } from '../../probes/probe.ts';
import { type Browser, within } from '../browsers/browser.ts';
import type { StorageGroup } from './frames.ts';
import { StorageReader, type StorageReading } from './read-storage.ts';

export interface ReadingOptions {
  hasAccess: boolean;
  /** Looks at titles, scripts and windows too. */
  thorough: boolean;
  /** Milliseconds to wait for an answer. */
  patience: number;
  /** Settles when the page is left: a document that has gone never answers. */
  interrupted: Promise<void>;
}

/** What one storage holds, for as long as a frame of it is there: it outlives looks that the page does not answer. */
export class StorageWatch {
  /** What was read last; kept while the page does not answer. */
  last: (StorageReading & { ok: true }) | null = null;
  /** When that was, in seconds since the epoch. */
  lastAt: number | null = null;
  /** How many readings in a row failed; and how many of these since the document came that is there. */
  misses = 0;
  failures = 0;
  #document: string | null = null;
  /** A reading the page has not answered yet; no second one is sent after it. */
  #pending: Promise<StorageReading> | null = null;
  readonly #reader: StorageReader;
  readonly #clock: () => number;
  readonly #onLateAnswer: () => void;

  constructor(browser: Browser, probes: readonly Probe[], clock: () => number, onLateAnswer: () => void) {
    this.#clock = clock;
    this.#reader = new StorageReader(browser, probes);
    this.#onLateAnswer = onLateAnswer;
  }

  /** Makes the next reading copy everything afresh, as the user has pressed for, also what the page could notice. */
  forget(): void {
    this.#reader.forget();
  }

  /** Nobody looked for a while: what was started before that, and not collected, is out of date. */
  distrust(): void {
    this.#reader.leave([]);
  }

  /** Waits no longer for an answer that is due: the page has been left. */
  abandon(): void {
    this.#pending = null;
    this.#reader.wake();
  }

  async read(group: StorageGroup, options: ReadingOptions): Promise<StorageReading> {
    const document = group.frames[0]?.documentId ?? null;
    if (document !== this.#document) this.failures = 0;
    this.#document = document;
    const answer = this.#pending ?? this.#ask(group, options);
    // Who kept everybody waiting once is not waited for again.
    const patience = this.failures > 0 ? Math.min(250, options.patience) : options.patience;
    const left = options.interrupted.then(() => failed('not-found'));
    const reading = await within(patience, Promise.race([answer, left]), failed('no-answer'));
    this.failures = reading.ok ? 0 : this.failures + 1;
    this.misses = reading.ok ? 0 : this.misses + 1;
    if (!reading.ok && reading.code !== 'no-answer' && this.failures >= 3) this.last = null;
    return reading;
  }

  #ask(group: StorageGroup, { hasAccess, thorough }: ReadingOptions): Promise<StorageReading> {
    const reading = this.#reader.read(group, hasAccess, thorough || this.last === null);
    this.#pending = reading;
    void reading.then((value) => {
      // A page that has been replaced since has no say any more.
      if (this.#pending !== reading) return;
      this.#pending = null;
      if (!value.ok) return;
      this.last = value;
      this.lastAt = this.#clock() / 1000;
      if (this.failures > 0) this.#onLateAnswer();
    });
    return reading;
  }
}

function failed(code: 'not-found' | 'no-answer'): StorageReading {
  return { ok: false, code, message: '' };
}
