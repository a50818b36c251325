/** Shortest pause between two looks, in milliseconds; it grows with what a look costs. */
const shortestPause = 300;
/**
 * So many times what a look cost is rest. Of what a look at requests takes, the thread that all of devtools share pays nearly
 * all; of what one at messages takes, half: either way it is kept busy for 5 % at most.
 */
const pausePerCost = { requests: 19, messages: 9 };
/** What looks take by what is in the log, in milliseconds. */
const costOf = { request: 0.13, message: 0.0025 };
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
  return (cost, looked) => {
    // A busy machine makes one look slow now and then; what the log makes slow is slow every time.
    costs = [...costs.slice(-2), cost];
    return Math.min(longestPause, Math.max(shortestPause, Math.min(...costs) * factorOf(looked)));
  };
}

function factorOf(looked: Looked | null): number {
  const { requests, messages } = pausePerCost;
  if (!looked) return requests;
  const ofMessages = looked.messages * costOf.message;
  const share = ofMessages / (ofMessages + looked.requests * costOf.request || 1);
  return requests + (messages - requests) * share;
}
