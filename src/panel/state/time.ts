import { computed, signal } from '@preact/signals';
import type { Recordings } from './recordings.ts';

export interface Clock {
  /** Seconds since the epoch. */
  now(): number;
  /** Calls back about once a second while the panel can be seen. */
  onSecond(tick: () => void): () => void;
}

/** What counting words are counted from: the clock, or the moment as of which what is shown is judged. */
export function createTime(clock: Clock, { imported, asOf }: Pick<Recordings, 'imported' | 'asOf'>) {
  /** Seconds since the epoch, as last read from the clock. */
  const actual = signal(clock.now());
  /** Seconds by which the page is judged ahead of the clock. */
  const ahead = signal(0);
  return {
    actual,
    ahead,
    now: computed(() => (imported.value ? (asOf.value ?? actual.value) : actual.value + ahead.value)),

    /** As of when the page is judged, in seconds since the epoch. */
    ofPage: (): number => clock.now() + ahead.peek(),

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
