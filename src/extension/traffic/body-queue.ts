import { fairShare } from '../../engine/text/fair-share.ts';
import { within } from '../browsers/browser.ts';
import type { Content } from './network.ts';

/** Bodies asked for at once: one at a time is far too slow under load, all at once drown the devtools. */
const mostAsked = 32;
/** Bodies that wait at most; beyond them the oldest of those are given up of which most wait. */
const mostWaiting = 500;
/** Milliseconds that one waits at most: what is new is not to be kept waiting by what is old. */
const longestWait = 3000;
/** Milliseconds that the browser has to hand over a body. */
const patience = 5000;

/** A body, or why there is none: the browser has it not, a navigation took it along, others came too fast, or nobody wants it. */
export type Fetched = Content | 'lost' | 'navigation' | 'crowded' | 'paused';

/** Kinds of which it is remembered how many were asked for. */
const mostKinds = 2000;

interface Waiting {
  kind: string;
  ask: () => Promise<Content | null>;
  end: (fetched: Fetched) => void;
  /** In the clock's milliseconds. */
  since: number;
  /** How often the page had navigated then. */
  navigations: number;
}

/** A flood of one kind keeps none of another waiting. */
function takeNext(waiting: Waiting[], askedOf: Map<string, number>): Waiting | undefined {
  let best = waiting.length - 1;
  const count = (at: number) => askedOf.get(waiting[at]?.kind ?? '') ?? 0;
  for (let at = best - 1; at >= 0; at -= 1) if (count(at) < count(best)) best = at;
  const [one] = best < 0 ? [] : waiting.splice(best, 1);
  if (!one) return undefined;
  if (askedOf.size >= mostKinds) askedOf.clear();
  askedOf.set(one.kind, (askedOf.get(one.kind) ?? 0) + 1);
  return one;
}

/**
 * Asks for bodies, some at once: those first of whose kind the fewest were asked for, and of these the newest. What was asked for before
 * the page navigates is answered, the rest is lost.
 *
 * @param clock milliseconds since some moment
 */
export function createBodyQueue(clock: () => number) {
  let waiting: Waiting[] = [];
  let asked = 0;
  let navigations = 0;

  const askedOf = new Map<string, number>();

  function dropOne(): void {
    const kept = new Set(fairShare(waiting, mostWaiting, ({ kind }) => kind));
    for (const one of waiting) if (!kept.has(one)) one.end('crowded');
    waiting = waiting.filter((one) => kept.has(one));
  }

  function next(): void {
    while (asked < mostAsked) {
      const one = takeNext(waiting, askedOf);
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
    /** @param kind the same for bodies of which one tells as much as the other */
    ask: (kind: string, ask: () => Promise<Content | null>): Promise<Fetched> =>
      new Promise((end) => {
        waiting.push({ kind, ask, end, since: clock(), navigations });
        if (waiting.length > mostWaiting) dropOne();
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
