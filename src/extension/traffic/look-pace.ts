/** Shortest pause between two looks, in milliseconds; it grows with what a look costs. */
const shortestPause = 300;
/**
 * So many times what a look cost is rest. Of what a look at requests takes, the thread that all of devtools share pays nearly
 * all; of what one at messages takes, half: either way it is kept busy for 5 % at most.
 */
const pausePerCost = { requests: 19, messages: 9 };
/** What looks take by what is in the log, in milliseconds, and how many times that one may take that does not have to wait. */
const costOf = { request: 0.13, message: 0.0025 };
const mostTimes = 1.5;
/** So many looks in a row that take longer are slow themselves: they do not only wait for a burst of requests to be over. */
const slowLooks = 8;
const longestPause = 300_000;
/** Pause after looks that brought nothing new, and how many of those it takes. */
const idlePause = 1000;
const mostIdle = 10;

/** What a look saw. */
export interface Looked {
  /** Whether there was anything new. */
  isNews: boolean;
  requests: number;
  messages: number;
}

/**
 * Looks again and again between start and stop, one look at a time, each followed by rest in proportion to what it cost.
 *
 * @param look never rejects; null when there was no answer
 * @param noteRest told the milliseconds that follow a look
 * @param clock milliseconds since some moment
 */
export function createLookPace(
  look: () => Promise<Looked | null>,
  noteRest: (milliseconds: number) => void,
  clock: () => number,
) {
  let isOn = false;
  let isLooking = false;
  /** In the clock's milliseconds: when the next look is due, and before which none is. */
  let dueAt = Number.POSITIVE_INFINITY;
  let earliest = 0;
  /** Looks in a row that brought nothing new. */
  let idle = 0;
  const restAfter = createRests();
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
    const looked = await look();
    isLooking = false;
    idle = looked?.isNews ? 0 : idle + 1;
    const rest = restAfter(clock() - startedAt, looked);
    noteRest(rest);
    earliest = clock() + rest;
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

/** Gives the milliseconds of rest that follow a look. */
function createRests(): (cost: number, looked: Looked | null) => number {
  let costs: number[] = [];
  /** Looks in a row that took longer than what they read explains. */
  let slow = 0;
  return (cost, looked) => {
    // A busy machine makes one look slow now and then; what the log makes slow is slow every time.
    costs = [...costs.slice(-2), cost];
    const usual = looked ? mostTimes * usualCost(looked) : Number.POSITIVE_INFINITY;
    slow = cost > usual ? slow + 1 : 0;
    // In a burst of requests a look stands in the queue of devtools, which is no cost.
    const counted = Math.min(...costs, slow < slowLooks ? usual : Number.POSITIVE_INFINITY);
    return Math.min(longestPause, Math.max(shortestPause, counted * factorOf(looked)));
  };
}

/** What a look takes that does not have to wait, in milliseconds. */
function usualCost({ requests, messages }: Looked): number {
  return requests * costOf.request + messages * costOf.message;
}

function factorOf(looked: Looked | null): number {
  const { requests, messages } = pausePerCost;
  if (!looked) return requests;
  const share = (looked.messages * costOf.message) / (usualCost(looked) || 1);
  return requests + (messages - requests) * share;
}
