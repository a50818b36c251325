import type { Exchange } from '../../engine/model/capture.ts';
import { list, number, record } from '../../engine/text/narrow.ts';
import { exchangeOf, wholeEntry } from '../../inputs/har-entry.ts';
import { headerIdOf, type Known } from './known-requests.ts';

/** Milliseconds in which what becomes known is told together. */
const together = 50;

/** Whether anything of a request is to be told. */
export function hasNews(entry: unknown, { isTold, hasAnswer, messages, headers }: Known): boolean {
  return (
    !isTold || (!hasAnswer && isAnswered(entry)) || messageCount(entry) > messages || headerCount(entry) > headers.count
  );
}

/** What is new of a request; it counts as told then. */
export function newsOf(entry: unknown, known: Known, pageUrl: string | null): Exchange {
  const { isTold: isContinued, hasAnswer, messages: before, headers } = known;
  // What was told is not converted again: a socket may have a hundred thousand messages.
  const whole = exchangeOf(wholeEntry(withoutMessages(entry, before)), known.name, pageUrl);
  const messages = Math.max(before, messageCount(entry));
  const requestHeaders = whole.requestHeaders.filter((header) => !headers.asked.includes(headerIdOf(header)));
  // What an answer says is judged by all of its headers.
  const isAnswerTold = hasAnswer && whole.responseHeaders.length <= headers.answered;
  Object.assign(known, { isTold: true, hasAnswer: whole.status !== null, messages, headers: headersOf(entry, whole) });
  return {
    ...whole,
    requestHeaders,
    ...(isAnswerTold && { responseHeaders: [] }),
    ...(isContinued && { isContinued, requestBody: null }),
    ...(before > 0 && { messagesBefore: before }),
  };
}

/** Nothing but the body of a request that was told of. */
export function bodyOnly(exchange: Exchange): Exchange {
  return { ...exchange, isContinued: true, requestHeaders: [], requestBody: null, responseHeaders: [], messages: [] };
}

export function isAnswered(entry: unknown): boolean {
  return (number(record(record(entry).response).status) ?? 0) !== 0;
}

function headersOf(entry: unknown, { requestHeaders, responseHeaders }: Exchange): Known['headers'] {
  const asked = requestHeaders.map(headerIdOf);
  return { asked, answered: responseHeaders.length, count: headerCount(entry) };
}

/** Cookies and other headers that the network adds are told a moment later than the request, or the answer, itself. */
function headerCount(entry: unknown): number {
  const { request, response } = record(entry);
  const { headers, cookies } = record(request);
  return list(headers).length + list(cookies).length + list(record(response).headers).length;
}

function messageCount(entry: unknown): number {
  const { _webSocketMessages: messages, _eventSourceMessages: events } = record(entry);
  return list(messages).length + list(events).length;
}

/** The entry without its first messages. */
function withoutMessages(entry: unknown, count: number): Record<string, unknown> {
  const members = record(entry);
  if (count === 0) return members;
  const messages = list(members._webSocketMessages);
  const events = list(members._eventSourceMessages);
  return {
    ...members,
    _webSocketMessages: messages.slice(count),
    _eventSourceMessages: events.slice(Math.max(0, count - messages.length)),
  };
}

/** Gathers for a moment what is to be told together. */
export function createTelling(listener: (exchanges: Exchange[]) => void) {
  let news: Exchange[] = [];
  let isDue = false;

  function soon(): void {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      const exchanges = news;
      news = [];
      isDue = false;
      listener(exchanges);
    }, together);
  }

  return {
    /** Tells the listener though there may be no exchange to tell. */
    soon,
    tell(exchange: Exchange): void {
      news.push(exchange);
      soon();
    },
  };
}
