import type { Exchange } from '../../engine/model/capture.ts';
import type { Traffic, Unread } from '../../engine/model/traffic.ts';
import { record, string } from '../../engine/text/narrow.ts';
import { exchangeOf, wholeEntry } from '../../inputs/har-entry.ts';
import { within } from '../browsers/browser.ts';
import { createBodyQueue } from './body-queue.ts';
import { whyNotAsked } from './choose-body.ts';
import type { Content, Network } from './network.ts';

/** Milliseconds in which what becomes known is told together. */
const together = 50;
/** Shortest pause between two looks at what has not ended, in milliseconds; it grows with what a look costs. */
const shortestPause = 300;
const pausePerCost = 19;
const longestPause = 60_000;
/** Pause after looks that brought nothing new, and how many of those it takes. */
const idlePause = 1000;
const mostIdle = 10;
/** Milliseconds that the browser has to answer. */
const patience = 10_000;
/** Requests remembered, so that none is told twice. */
const mostKnown = 20_000;

/** What was told of one request. */
interface Known {
  name: string;
  isTold: boolean;
  hasAnswer: boolean;
  messages: number;
}

export interface TrafficOptions {
  /** Milliseconds since some moment. */
  clock: () => number;
  listener: (traffic: Traffic) => void;
}

/**
 * Listens to the traffic of the inspected tab: to each request that ends, and now and then to those that have not (sockets,
 * streams, replies that nobody reads), of which no event tells. What was told once is not told again.
 */
export function recordTraffic(network: Network, { clock, listener }: TrafficOptions) {
  const bodies = createBodyQueue();
  const unread: Unread = { media: 0, large: 0, lost: 0, skipped: 0 };
  const tell = createTelling((exchanges) => listener({ exchanges, unread: { ...unread } }));
  const finished = new Set<string>();
  const open = new Map<string, Known>();
  let pageUrl: string | null = null;
  let count = 0;
  /** In the clock's milliseconds: when the next look is due, and before which none is. */
  let dueAt = Number.POSITIVE_INFINITY;
  let earliest = 0;
  /** Looks in a row that brought nothing new. */
  let idle = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let endings: (() => void)[] = [];

  function start(): void {
    if (endings.length > 0) return;
    endings = [
      network.onFinished((entry, body) => void finish(entry, body)),
      network.onNavigated((url) => {
        pageUrl = url;
        open.clear();
        hurry();
      }),
    ];
    lookIn(shortestPause);
  }

  function stop(): void {
    clearTimeout(timer);
    dueAt = Number.POSITIVE_INFINITY;
    for (const end of endings.splice(0)) end();
  }

  async function finish(entry: unknown, body: () => Promise<Content | null>): Promise<void> {
    const key = keyOf(entry);
    const known = open.get(key) ?? begun();
    open.delete(key);
    finished.add(key);
    keepLatest(finished.keys(), finished);
    const exchange = newsOf(entry, known);
    const reason = whyNotAsked(entry);
    if (reason === null) {
      const content = await bodies.ask(body);
      if (content === null) unread.lost += 1;
      else exchange.responseBody = bodyOf(entry, content);
    } else if (reason !== 'none') unread[reason] += 1;
    tell(exchange);
    // A page that asks for something may open a socket next.
    hurry();
  }

  function hurry(): void {
    idle = 0;
    lookIn(shortestPause);
  }

  /** Looks at what has not ended in so many milliseconds, or as soon as that does not cost too much. */
  function lookIn(milliseconds: number): void {
    const at = Math.max(clock() + milliseconds, earliest);
    if (at >= dueAt) return;
    clearTimeout(timer);
    dueAt = at;
    timer = setTimeout(() => void look(), at - clock());
  }

  async function look(): Promise<void> {
    dueAt = Number.POSITIVE_INFINITY;
    const startedAt = clock();
    const entries = await within(patience, network.entries(), null);
    if (endings.length === 0) return;
    const cost = clock() - startedAt;
    const isNews = (entries ?? []).map(meet).includes(true);
    idle = isNews ? 0 : idle + 1;
    earliest = clock() + Math.min(longestPause, cost * pausePerCost);
    lookIn(idle < mostIdle ? shortestPause : idlePause);
  }

  /** Tells what is new of a request that has not ended; true when there is anything. */
  function meet(entry: unknown): boolean {
    const key = keyOf(entry);
    if (finished.has(key)) return false;
    const known = open.get(key) ?? begun();
    open.set(key, known);
    keepLatest(open.keys(), open);
    const { isTold, hasAnswer, messages } = known;
    const exchange = newsOf(entry, known);
    const isNews = !isTold || known.hasAnswer !== hasAnswer || known.messages > messages;
    if (isNews) tell(exchange);
    return isNews;
  }

  function begun(): Known {
    count += 1;
    return { name: `request ${count}`, isTold: false, hasAnswer: false, messages: 0 };
  }

  /** What is new of a request; it counts as told then. */
  function newsOf(entry: unknown, known: Known): Exchange {
    const whole = exchangeOf(wholeEntry(entry), known.name, pageUrl);
    const messages = whole.messages.slice(known.messages);
    const isContinued = known.isTold;
    const hadAnswer = known.hasAnswer;
    Object.assign(known, { isTold: true, hasAnswer: whole.status !== null, messages: whole.messages.length });
    const news = { ...whole, messages, responseHeaders: hadAnswer ? [] : whole.responseHeaders };
    return isContinued ? { ...news, isContinued, requestHeaders: [], requestBody: null } : news;
  }

  return { start, stop };
}

/** What a request is known by, in events and in looks alike. */
function keyOf(entry: unknown): string {
  const { startedDateTime, request } = record(entry);
  const { method, url } = record(request);
  return JSON.stringify([string(startedDateTime), string(method), string(url)]);
}

function keepLatest(keys: Iterator<string>, from: { size: number; delete(key: string): boolean }): void {
  const { value } = from.size > mostKnown ? keys.next() : { value: undefined };
  if (value !== undefined) from.delete(value);
}

function bodyOf(entry: unknown, { text, isBase64 }: Content): Exchange['responseBody'] {
  const { response, ...rest } = record(entry);
  const content = { ...record(record(response).content), text, encoding: isBase64 ? 'base64' : '' };
  return exchangeOf(wholeEntry({ ...rest, response: { content } }), '', null).responseBody;
}

/** Gathers for a moment what is to be told together. */
function createTelling(listener: (exchanges: Exchange[]) => void): (exchange: Exchange) => void {
  let news: Exchange[] = [];
  return (exchange) => {
    news.push(exchange);
    if (news.length > 1) return;
    setTimeout(() => {
      const exchanges = news;
      news = [];
      listener(exchanges);
    }, together);
  };
}
