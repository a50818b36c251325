import { batch, computed, signal } from '@preact/signals';
import type { Recordings } from './recordings.ts';

export interface Clock {
  /** Seconds since the epoch. */
  now(): number;
  /** Calls back about once a second while the panel can be seen. */
  onSecond(tick: () => void): () => void;
}

/** As of when what is shown is judged: when it was recorded, or so many seconds from now. */
export type AsOf = 'recorded' | number;

/** Seconds from now that can be chosen. */
const steps = [0, 600, 3600, 7200, 86_400, 7 * 86_400, 30 * 86_400];

/** What counting words are counted from: the clock, or the moment as of which what is shown is judged. */
export function createTime(clock: Clock, recordings: Pick<Recordings, 'imported' | 'asOf' | 'isJudgedNow'>) {
  const { imported, asOf, isJudgedNow } = recordings;
  /** Seconds since the epoch, as last read from the clock. */
  const actual = signal(clock.now());
  /** Seconds by which is judged ahead of the clock. */
  const ahead = signal(0);
  const recordedAt = computed(() => (imported.value ? asOf.value : null));

  return {
    actual,
    ahead,
    now: computed(() => recordedAt.value ?? actual.value + ahead.value),

    /** As of when is judged what is not a record, in seconds since the epoch. */
    chosen: (): number => clock.now() + ahead.peek(),

    asOf: computed<AsOf>(() => (recordedAt.value === null ? ahead.value : 'recorded')),

    /** What can be chosen. A saved report is a record: it stays as it was judged. */
    choices: computed<readonly AsOf[]>(() => {
      const { saved, recordedAt: at } = imported.value ?? { saved: null, recordedAt: null };
      if (saved) return [saved.report.now ? 'recorded' : 0];
      return at === null ? steps : ['recorded', ...steps];
    }),

    choose: (choice: AsOf): void =>
      batch(() => {
        isJudgedNow.value = choice !== 'recorded';
        if (choice !== 'recorded') ahead.value = choice;
      }),

    /** Reads the clock. */
    read(): number {
      actual.value = clock.now();
      return actual.value;
    },
  };
}

export type Time = ReturnType<typeof createTime>;

export const systemClock: Clock = {
  now: () => Math.floor(Date.now() / 1000),
  onSecond(tick) {
    const timer = setInterval(() => {
      if (!document.hidden) tick();
    }, 1000);
    return () => clearInterval(timer);
  },
};
