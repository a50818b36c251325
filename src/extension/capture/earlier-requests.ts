import { type Exchange, emptyExchange } from '../../engine/model/capture.ts';
import { nothingUnread, type Traffic } from '../../engine/model/traffic.ts';
import type { HostEvent } from '../../panel/host.ts';
import type { StorageReading } from './read-storage.ts';

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
    return found.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0));
  }
}

/** Tells of earlier requests, and of messages between windows, as of traffic: with each goes how much of it was not read. */
export function trafficTeller(listener: (event: HostEvent) => void) {
  let { unread }: Pick<Traffic, 'unread'> = { unread: nothingUnread };
  const counts = { messages: 0, ports: 0 };
  const tell = (exchanges: Exchange[]) =>
    listener({ kind: 'traffic', traffic: { exchanges, unread: { ...unread, ...counts } } });
  return {
    onTraffic(traffic: Traffic): void {
      ({ unread } = traffic);
      tell(traffic.exchanges);
    },
    onEarlier: tell,
    onWindowMessages(messages: Exchange[], unreadMessages: number): void {
      counts.messages += unreadMessages;
      counts.ports += messages.reduce((sum, { posted }) => sum + (posted?.ports ?? 0), 0);
      tell(messages);
    },
  };
}
