/** Shortest pause between two looks, in milliseconds; it grows with what a look costs. */
const shortestPause = 300;
/** 19 keeps the cost of looking at 5 %. */
const pausePerCost = 19;
const longestPause = 300_000;
/** Pause after looks that brought nothing new, and how many of those it takes. */
const idlePause = 1000;
const mostIdle = 10;

/** Milliseconds that follow a look of so many milliseconds, at least. */
export const pauseAfter = (cost: number) => Math.min(longestPause, Math.max(shortestPause, cost * pausePerCost));

/**
 * Looks again and again between start and stop, one look at a time, each followed by rest in proportion to what it cost.
 *
 * @param look never rejects; resolves to whether it brought anything new
 * @param clock milliseconds since some moment
 */
export function createLookPace(look: () => Promise<boolean>, clock: () => number) {
  let isOn = false;
  let isLooking = false;
  /** In the clock's milliseconds: when the next look is due, and before which none is. */
  let dueAt = Number.POSITIVE_INFINITY;
  let earliest = 0;
  /** Looks in a row that brought nothing new. */
  let idle = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Looks in so many milliseconds, or as soon as that does not cost too much. */
  function lookIn(milliseconds: number): void {
    const at = Math.max(clock() + milliseconds, earliest);
    if (!isOn || isLooking || at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void lookNow(), at - clock());
  }

  async function lookNow(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    isLooking = true;
    const startedAt = clock();
    const isNews = await look();
    isLooking = false;
    idle = isNews ? 0 : idle + 1;
    earliest = clock() + pauseAfter(clock() - startedAt);
    lookIn(idle < mostIdle ? shortestPause : idlePause);
  }

  return {
    start(): void {
      isOn = true;
      lookIn(shortestPause);
    },

    stop(): void {
      isOn = false;
      clearTimeout(timer);
      dueAt = Number.POSITIVE_INFINITY;
    },

    /** Something happened: what has not ended is looked at soon. */
    hurry(): void {
      idle = 0;
      lookIn(shortestPause);
    },
  };
}
