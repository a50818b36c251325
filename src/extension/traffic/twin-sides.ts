import type { Exchange } from '../../engine/model/capture.ts';
import { number, record, string } from '../../engine/text/narrow.ts';
import { type Caller, callerOf, isSameCaller } from './caller-of.ts';
import { differences, nothingTold, type Told, withTold } from './told.ts';

/** Seconds between the starts of twins at most, and by which the clocks of two processes may differ. */
const longestApart = 10;
const clocksApart = 0.1;
/** Scripts of service workers that are remembered. */
const mostScripts = 100;

/** What of a request tells whether another is its twin. */
export interface Side {
  /** In seconds since the epoch. */
  startedAt: number;
  caller: Caller;
  /** Whether a service worker answered it, so that it is the page's; null while it has no answer. */
  isPages: boolean | null;
  /** Its answer came through the service worker as the network gave it. */
  isPassedOn: boolean;
  carried: Told;
}

/** Two requests of which the worker's came out of the page's, in this order. */
export type Pair<One extends Side> = readonly [page: One, worker: One];

export function sideOf(entry: unknown, exchange: Exchange): Side {
  const carried = withTold(nothingTold(), exchange);
  return { startedAt: exchange.startedAt ?? 0, caller: callerOf(entry), ...answerOf(entry), carried };
}

/** What the answer tells; nothing while there is none. */
export function answerOf(entry: unknown): Pick<Side, 'isPages' | 'isPassedOn'> {
  const {
    status,
    _fetchedViaServiceWorker: isPages,
    _serviceWorkerResponseSource: source,
  } = record(record(entry).response);
  if (isPages === true) return { isPages, isPassedOn: string(source) === 'network' };
  return { isPages: number(status) ? false : null, isPassedOn: false };
}

/** Tells of two requests that are alike whether they are one and the same. */
export function createTwinSides() {
  /** Scripts of service workers. */
  let scripts = new Set<string>();
  const isWorkers = ({ caller }: Side) => caller.scripts.some((script) => scripts.has(script));

  /** Of two, the one that came out of the other, as far as their calls show; null when they show nothing. */
  function workerOf<One extends Side>(one: One, other: One): One | null {
    const [from, otherFrom] = [one.caller.calledFrom, other.caller.calledFrom];
    if (from === otherFrom) return isWorkers(one) === isWorkers(other) ? null : isWorkers(one) ? one : other;
    if (from && otherFrom) return one.startedAt > other.startedAt ? one : other;
    return from ? one : other;
  }

  return {
    /** A service worker's own script names it. */
    noteScript({ url, requestHeaders }: Exchange): void {
      // https://w3c.github.io/ServiceWorker/#update-algorithm, read 2026-11
      if (requestHeaders.some(({ name }) => name.toLowerCase() === 'service-worker')) scripts.add(url);
    },

    /** These are twins for sure. */
    learn<One extends Side>([page, worker]: Pair<One>): void {
      for (const script of worker.caller.scripts) scripts.add(script);
      for (const script of page.caller.scripts) scripts.delete(script);
      scripts = new Set([...scripts].slice(-mostScripts));
    },

    /** Twins for sure: their answers say so, and all that the page's carries the worker's does, too. */
    known<One extends Side>(one: One, other: One): Pair<One> | null {
      return pairsOf(one, other).find((pair) => isAnsweredSo(pair) && unlikeness(pair) === 0) ?? null;
    },

    /** Twins as far as their answers or their calls show. */
    presumed<One extends Side>(one: One, other: One): Pair<One> | null {
      const shown = workerOf(one, other);
      if (shown === null && !(one.isPages === true || other.isPages === true)) return null;
      return pairsOf(one, other).find((pair) => isAnsweredSo(pair) || pair[1] === shown) ?? null;
    },

    /** Whether they may be twins for all that is known. */
    possible<One extends Side>(one: One, other: One): boolean {
      const shown = workerOf(one, other);
      return pairsOf(one, other).some(([, worker]) => shown === null || worker === shown);
    },
  };
}

export type TwinSides = ReturnType<typeof createTwinSides>;

/** Both ways in which the two can be twins, one, or none. */
function pairsOf<One extends Side>(one: One, other: One): Pair<One>[] {
  if (Math.abs(one.startedAt - other.startedAt) > longestApart || isSameCaller(one.caller, other.caller)) return [];
  const pairs: Pair<One>[] = [];
  if (isPossible(one, other)) pairs.push([one, other]);
  if (isPossible(other, one)) pairs.push([other, one]);
  return pairs;
}

function isPossible(page: Side, worker: Side): boolean {
  return page.isPages !== false && worker.isPages !== true && worker.startedAt >= page.startedAt - clocksApart;
}

function isAnsweredSo<One extends Side>([page, worker]: Pair<One>): boolean {
  return page.isPages === true && worker.isPages === false;
}

/** How much the page's carries that the worker's does not carry alike. */
export function unlikeness<One extends Side>([page, worker]: Pair<One>): number {
  return differences(page.carried, worker.carried);
}

/** Seconds between their starts. */
export function apart<One extends Side>([page, worker]: Pair<One>): number {
  return Math.abs(worker.startedAt - page.startedAt);
}
