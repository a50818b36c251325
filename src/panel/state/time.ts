import { signal } from '@preact/signals';

export interface Clock {
  /** Seconds since the epoch. */
  now(): number;
  /** Calls back about once a second while the panel can be seen. */
  onSecond(tick: () => void): () => void;
}

/** What counting words are counted from. */
export function createTime(clock: Clock) {
  /** Seconds since the epoch, as last read from the clock. */
  const now = signal(clock.now());
  return {
    now,

    /** Reads the clock. */
    read(): number {
      now.value = clock.now();
      return now.value;
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
