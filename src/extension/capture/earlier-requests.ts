import { type Exchange, emptyExchange } from '../../engine/model/capture.ts';
import { nothingUnread, type Traffic } from '../../engine/model/traffic.ts';
import type { HostEvent } from '../../panel/host.ts';
import type { StorageReading } from './read-storage.ts';
import type { ReadMessages } from './window-messages.ts';

interface Part {
  last: Pick<StorageReading & { ok: true }, 'facts' | 'stores'> | null;
}

/** Requests told of at most. */
const mostTold = 10_000;

/**
 * Requests that were made before devtools were opened, of which nothing else is known: their addresses, as the page itself recorded
 * them. It keeps the first 250 unless it says otherwise, and can clear them (https://www.w3.org/TR/resource-timing/, read 2026-11).
 */
export class EarlierRequests {
  #told = new Set<string>();
  /** How many there were too many of, by the documents that say so. */
  #left = new Map<string, number>();

  /** Those not told of before, in order. What brought a frame that is there is told of with the frame. */
  take(parts: readonly Part[], frames: readonly { url: string }[]): Exchange[] {
    const shown = new Set(frames.map(({ url }) => url));
    const found = parts.flatMap(({ last }) =>
      (last?.facts.requests ?? []).flatMap(([startedAt, url]) => {
        const name = `${startedAt} ${url}`;
        if (shown.has(url) || this.#told.has(name) || this.#told.size >= mostTold) return [];
        this.#told.add(name);
        const pageUrl = last?.stores[0]?.url ?? null;
        const exchange = emptyExchange(`earlier request ${this.#told.size}`, url);
        return [{ ...exchange, startedAt, pageUrl, isRecordedByPage: true as const }];
      }),
    );
    for (const { last } of parts)
      if (last && last.facts.requestsLeft > 0)
        this.#left.set(`${last.facts.startedAt} ${last.stores[0]?.url ?? ''}`, last.facts.requestsLeft);
    return found.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  }

  /** How many were left out so far, because there were too many. */
  get left(): number {
    return [...this.#left.values()].reduce((sum, count) => sum + count, 0);
  }
}

/** Tells of earlier requests, and of messages between windows, as of traffic: with each goes how much of it was not read. */
export function trafficTeller(listener: (event: HostEvent) => void) {
  let { unread }: Pick<Traffic, 'unread'> = { unread: nothingUnread };
  const counts = { messages: 0, ports: 0, reopened: 0 };
  let earlierLeft = 0;
  const tell = (exchanges: Exchange[]) => {
    const skipped = unread.skipped + earlierLeft;
    listener({ kind: 'traffic', traffic: { exchanges, unread: { ...unread, ...counts, skipped } } });
  };
  return {
    onTraffic(traffic: Traffic): void {
      ({ unread } = traffic);
      tell(traffic.exchanges);
    },
    onEarlier(requests: Exchange[], left: number): void {
      earlierLeft = left;
      tell(requests);
    },
    onTraced: tell,
    onWindowMessages({ messages, unread, reopened }: ReadMessages): void {
      counts.messages += unread;
      counts.reopened += reopened;
      counts.ports += messages.reduce((sum, { posted }) => sum + (posted?.ports ?? 0), 0);
      tell(messages);
    },
  };
}
