import { computed, type ReadonlySignal, signal } from '@preact/signals';

export interface Clock {
  /** Seconds since the epoch. */
  now(): number;
  /** Calls back about once a second while the panel can be seen. */
  onSecond(tick: () => void): () => void;
}

/** What counting words are counted from: the clock, or the moment that a recording is judged as of. */
export function createTime(clock: Clock, asOf: ReadonlySignal<number | null>) {
  /** Seconds since the epoch, as last read from the clock. */
  const actual = signal(clock.now());
  return {
    actual,
    /** Seconds since the epoch; null for the clock. */
    asOf,
    now: computed(() => asOf.value ?? actual.value),

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
