import type { Exchange } from '../../engine/model/capture.ts';
import { newsOfTwin, type Told, withTold } from './told.ts';
import { type Side, unlikeness } from './twin-sides.ts';

/** A request that may have a twin. */
export interface One extends Side {
  name: string;
  key: string;
  /**
   * Told by itself, waiting until it is known whether it is to be, told as the twin of another by what their calls show,
   * or as that of which their answers show it.
   */
  state: 'alone' | 'waiting' | 'presumed' | 'twin';
  /** Its twin, presumed or known. */
  other: One | null;
  /** What was told under its name, by its twin as well. */
  told: Told;
  isTold: boolean;
  /** Has waited long enough. */
  isLate: boolean;
  /** Nothing of it left the browser. */
  isUnsent: boolean;
  /** All that was not told by itself, of one that may yet have to be. */
  news: Exchange[];
  /** What its twin brought before it was told itself. */
  early: { twin: One; exchange: Exchange }[];
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** What became of what the page's request of two twins carries. */
function wayOf(one: One, other: One): { isOtherUnsent: boolean; isSentOn: boolean } {
  const [page, worker] = one.isPages === true ? [one, other] : [other, one];
  const isSentOn = page.isPages !== true || (!worker.isUnsent && unlikeness([page, worker]) === 0);
  return { isOtherUnsent: other.isUnsent, isSentOn };
}

/** Hands on what is to be told: by itself, as the twin of another, or later. */
export function createTwinTelling(out: (exchange: Exchange) => void) {
  function tell(one: One, exchange: Exchange): void {
    if (one.state !== 'alone' && one.state !== 'twin') one.news.push(exchange);
    if (one.state === 'alone') tellOwn(one, exchange);
    else if (one.state !== 'waiting' && one.other) tellOfTwin(one, one.other, exchange);
  }

  function tellOwn(one: One, exchange: Exchange): void {
    const news = one.other && one.isTold ? newsOfTwin(exchange, one, wayOf(one, one.other)) : exchange;
    one.told = withTold(one.told, news);
    out(news);
    one.isTold = true;
    for (const { twin, exchange: early } of one.early.splice(0)) if (twin.other === one) tellOfTwin(twin, one, early);
  }

  function tellOfTwin(twin: One, first: One, exchange: Exchange): void {
    if (!first.isTold) return void first.early.push({ twin, exchange });
    const news = newsOfTwin(exchange, first, wayOf(twin, first));
    first.told = withTold(first.told, news);
    out(news);
  }

  return {
    tell,

    tellAlone(one: One): void {
      clearTimeout(one.timer);
      one.state = 'alone';
      for (const exchange of one.news.splice(0)) tellOwn(one, exchange);
    },

    /** What waited is told, unless it was told so before. */
    tellTwin(one: One, first: One, state: 'presumed' | 'twin'): void {
      clearTimeout(one.timer);
      const isToldSo = one.state === 'presumed' && one.other === first;
      one.state = state;
      one.other = first;
      if (!isToldSo) for (const exchange of one.news) tellOfTwin(one, first, exchange);
      if (state === 'twin') one.news = [];
    },
  };
}

export type TwinTelling = ReturnType<typeof createTwinTelling>;
