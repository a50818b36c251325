import type { Exchange, Header } from '../../engine/model/capture.ts';
import { record, string } from '../../engine/text/narrow.ts';

/** Requests remembered for a twin that may follow. */
const mostRemembered = 100;
/** Seconds between the starts of twins at most. */
const longestApart = 10;

interface Told {
  exchange: Exchange;
  isFromPage: boolean;
  /** Whether its body was read. */
  hasBody: boolean;
}

export interface Twin {
  /** What the other request did not carry, under its name. */
  exchange: Exchange;
  /** The body was read with the other, and no service worker can have changed it. */
  isBodyRead: boolean;
}

/**
 * A request of the page that its service worker passes on is told twice, once by each: the two count as one, and only what
 * differs (cookies, say, which the page's own has not) is told of the second.
 */
export function createWorkerTwins() {
  let remembered: Told[] = [];

  return {
    /** Null for a request that has no twin so far. */
    match(entry: unknown, exchange: Exchange): Twin | null {
      if (exchange.isContinued) return null;
      const { response } = record(entry);
      const isFromPage = record(response)._fetchedViaServiceWorker === true;
      const twin = remembered.find((told) => told.isFromPage !== isFromPage && isSameRequest(told.exchange, exchange));
      if (!twin) {
        remembered = [...remembered.slice(1 - mostRemembered), { exchange, isFromPage, hasBody: false }];
        return null;
      }
      remembered = remembered.filter((told) => told !== twin);
      const { name, requestHeaders, responseHeaders, requestBody } = twin.exchange;
      const isPassedOn = isFromPage && string(record(response)._serviceWorkerResponseSource) === 'network';
      return {
        exchange: {
          ...exchange,
          name,
          isContinued: true,
          requestHeaders: withoutThose(exchange.requestHeaders, requestHeaders),
          responseHeaders: withoutThose(exchange.responseHeaders, responseHeaders),
          requestBody: requestBody?.text === exchange.requestBody?.text ? null : exchange.requestBody,
        },
        isBodyRead: isPassedOn && twin.hasBody,
      };
    },

    noteBody({ name }: Exchange): void {
      const told = remembered.find(({ exchange }) => exchange.name === name);
      if (told) told.hasBody = true;
    },
  };
}

function isSameRequest(one: Exchange, other: Exchange): boolean {
  if (one.url !== other.url || one.method !== other.method) return false;
  return Math.abs((one.startedAt ?? 0) - (other.startedAt ?? 0)) <= longestApart;
}

function withoutThose(headers: readonly Header[], others: readonly Header[]): Header[] {
  const told = new Set(others.map(idOf));
  return headers.filter((header) => !told.has(idOf(header)));
}

const idOf = ({ name, value }: Header) => `${name.toLowerCase()}: ${value}`;
