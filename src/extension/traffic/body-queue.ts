import { within } from '../browsers/browser.ts';
import type { Content } from './network.ts';

/** Bodies asked for at once: one at a time is far too slow under load, all at once drown the devtools. */
const mostAsked = 32;
/** Bodies that wait at most; beyond them the oldest are given up. */
const mostWaiting = 500;
/** Milliseconds that one waits at most: what is new is not to be kept waiting by what is old. */
const longestWait = 3000;
/** Milliseconds that the browser has to hand over a body. */
const patience = 5000;

/** A body, or why there is none: the browser has it not, a navigation took it along, others came too fast, or nobody wants it. */
export type Fetched = Content | 'lost' | 'navigation' | 'crowded' | 'paused';

interface Waiting {
  ask: () => Promise<Content | null>;
  end: (fetched: Fetched) => void;
  /** In the clock's milliseconds. */
  since: number;
  /** How often the page had navigated then. */
  navigations: number;
}

/**
 * Asks for bodies, some at once and the newest first: what was asked for before the page navigates is answered, the rest is lost.
 *
 * @param clock milliseconds since some moment
 */
export function createBodyQueue(clock: () => number) {
  let waiting: Waiting[] = [];
  let asked = 0;
  let navigations = 0;

  function next(): void {
    while (asked < mostAsked) {
      const one = waiting.pop();
      if (!one) return;
      if (clock() - one.since > longestWait) {
        one.end('crowded');
        continue;
      }
      asked += 1;
      void within(patience, one.ask(), null).then((content) => {
        asked -= 1;
        one.end(content ?? (one.navigations < navigations ? 'navigation' : 'lost'));
        next();
      });
    }
  }

  return {
    ask: (ask: () => Promise<Content | null>): Promise<Fetched> =>
      new Promise((end) => {
        waiting.push({ ask, end, since: clock(), navigations });
        if (waiting.length > mostWaiting) waiting.shift()?.end('crowded');
        next();
      }),

    /** The page navigates: what has not been handed over may be gone. */
    navigate(): void {
      navigations += 1;
    },

    /** Nothing more is asked of the browser. */
    clear(): void {
      const given = waiting;
      waiting = [];
      for (const { end } of given) end('paused');
    },
  };
}
