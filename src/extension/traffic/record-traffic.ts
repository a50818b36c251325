import { nothingUnread, type Traffic, type Unread } from '../../engine/model/traffic.ts';
import { record, seconds } from '../../engine/text/narrow.ts';
import { within } from '../browsers/browser.ts';
import { createKnownRequests, type Known } from './known-requests.ts';
import { createLookPace, type Looked } from './look-pace.ts';
import type { Content, Log, Network } from './network.ts';
import { createPageUrls } from './page-urls.ts';
import { type BodyReaderOptions, createBodyReader } from './read-bodies.ts';
import { createForgetting, hasEnded, isStartedBefore, standing } from './read-log.ts';
import { bodyOnly, createTelling, hasNews, newsOf } from './tell-news.ts';
import { createWorkerTwins } from './worker-twins.ts';

/** Milliseconds after which a request is told without its body, which then follows. */
const waitForBody = 150;
/** Milliseconds that the browser has to answer. */
const patience = 30_000;
/** So many requests in the log make the looks at it rare enough to be told of. */
const manyEntries = 5000;

export interface TrafficOptions extends Omit<BodyReaderOptions, 'unread' | 'pageUrl'> {
  listener: (traffic: Traffic) => void;
}

/**
 * Listens to the traffic of the inspected tab: to each request that ends, and now and then to those that have not (sockets,
 * streams, replies that nobody reads), of which no event tells. What was told once is not told again, and of what the browser
 * hands over nothing is kept but what is told.
 */
export function recordTraffic(network: Network, { clock, listener, holdsToken }: TrafficOptions) {
  const unread: Unread = { ...nothingUnread };
  const pages = createPageUrls(clock);
  const bodies = createBodyReader({ clock, holdsToken, unread, pageUrl: pages.latest });
  const requests = createKnownRequests();
  const forgets = createForgetting();
  const pace = createLookPace(look, noteRest, clock);
  const telling = createTelling((exchanges) => listener({ exchanges, unread: { ...unread } }));
  const twins = createWorkerTwins(telling.tell);
  /** Requests in the log that was looked at last. */
  let entries = 0;
  let hasStopped = false;
  /** Between the end of a pause and the first look after it: when it ended, in the clock's milliseconds. */
  let resumedAt: number | null = null;
  let endings: (() => void)[] = [];

  /** @param since when that was wanted, in the clock's milliseconds */
  function start(since = clock()): void {
    if (endings.length > 0) return;
    endings = [network.onFinished((entry, body) => void finish(entry, body)), network.onNavigated(navigate)];
    if (hasStopped) {
      resumedAt = Math.min(since, clock());
      unread.pauses += 1;
      telling.soon();
    }
    pace.start();
  }

  function stop(): void {
    if (endings.length === 0) return;
    hasStopped = true;
    pace.stop();
    bodies.stop();
    twins.stop();
    for (const end of endings.splice(0)) end();
  }

  function navigate(url: string): void {
    pages.change(url);
    bodies.navigate();
    pace.hurry();
  }

  async function finish(entry: unknown, ask: () => Promise<Content | null>): Promise<void> {
    const exchange = newsOf(entry, requests.end(entry), pages.latest());
    twins.note(entry, exchange);
    // A page that asks for something may open a socket next.
    pace.hurry();
    const reading = twins.isBodyRead(exchange) ? null : bodies.read(entry, ask);
    if (!reading) return twins.tell(exchange);
    const inTime = reading.body.then((body) => ({ body }));
    const early = reading.isLate ? null : await within(waitForBody, inTime, null);
    if (!early) twins.tell(exchange);
    const responseBody = early ? early.body : await reading.body;
    if (early) twins.tell({ ...exchange, responseBody });
    else if (responseBody) twins.tell({ ...bodyOnly(exchange), responseBody });
    // What is counted is news, too.
    else telling.soon();
  }

  async function look(): Promise<Looked | null> {
    requests.beginLook();
    const log = await within(patience, network.log(), null);
    if (endings.length === 0 || log === null) return null;
    const before = JSON.stringify(unread);
    const pausedUntil = resumedAt;
    const isPassedOver = (entry: unknown) =>
      pausedUntil !== null && hasEnded(entry) && isStartedBefore(entry, pausedUntil);
    const { open, ended, takenAlong, passedOver } = requests.look(log.entries, isPassedOver);
    resumedAt = null;
    const news = [...open, ...ended].filter(({ entry, known }) => hasNews(entry, known));
    for (const { entry, known } of news) meet(entry, known, pageOf(entry, log));
    Object.assign(unread, standing(open));
    unread.paused += passedOver;
    unread.navigation += takenAlong;
    if (forgets(log)) unread.forgotten += 1;
    if (JSON.stringify(unread) !== before) telling.soon();
    entries = log.entries.length;
    const messages = open.reduce((sum, { known }) => sum + known.messages, 0);
    return { isNews: news.length > 0, requests: entries, messages };
  }

  function noteRest(milliseconds: number): void {
    const lookSeconds = entries > manyEntries ? Math.ceil(milliseconds / 1000) : 0;
    if (unread.lookSeconds === lookSeconds) return;
    unread.lookSeconds = lookSeconds;
    telling.soon();
  }

  /** A document is its own page's; what else began before that one was loaded was made for the one before. */
  function pageOf(entry: unknown, log: Log): string | null {
    const { startedDateTime, _resourceType: type } = record(entry);
    return type === 'document' ? pages.latest() : pages.at(seconds(startedDateTime), log.pages);
  }

  function meet(entry: unknown, known: Known, pageUrl: string | null): void {
    const exchange = newsOf(entry, known, pageUrl);
    twins.note(entry, exchange);
    twins.tell(exchange);
  }

  return { start, stop };
}
