import { within } from '../browsers/browser.ts';
import type { Content } from './network.ts';

/** Bodies asked for at once: one at a time is far too slow under load, all at once drown the devtools. */
const mostAsked = 32;
/** Bodies that wait at most; beyond them the oldest are given up. */
const mostWaiting = 500;
/** Milliseconds that the browser has to hand over a body. */
const patience = 5000;

interface Waiting {
  ask: () => Promise<Content | null>;
  end: (content: Content | null) => void;
}

/** Asks for bodies, some at once and the newest first: what was asked for before the page navigates is answered, the rest is lost. */
export function createBodyQueue() {
  const waiting: Waiting[] = [];
  let asked = 0;

  function next(): void {
    while (asked < mostAsked) {
      const one = waiting.pop();
      if (!one) return;
      asked += 1;
      void within(patience, one.ask(), null).then((content) => {
        asked -= 1;
        one.end(content);
        next();
      });
    }
  }

  return {
    /** Null when the browser has it no longer, or does not hand it over in time. */
    ask: (ask: () => Promise<Content | null>): Promise<Content | null> =>
      new Promise((end) => {
        waiting.push({ ask, end });
        if (waiting.length > mostWaiting) waiting.shift()?.end(null);
        next();
      }),
  };
}
