import type { Exchange } from '../../engine/model/capture.ts';
import { exchangeKind } from '../../engine/model/exchange-kind.ts';
import type { Traffic, Unread } from '../../engine/model/traffic.ts';
import { fairShare } from '../../engine/text/fair-share.ts';

/** The part of a BroadcastChannel that is used. */
export interface Channel {
  onmessage: ((event: MessageEvent<Said>) => void) | null;
  postMessage(message: Said): void;
}

/** The panel says whether it listens, and since when; the devtools page, what it heard. */
export type Said =
  | {
      kind: 'listening';
      isListening: boolean;
      /** Milliseconds since the epoch. */
      since: number;
    }
  | { kind: 'traffic'; traffic: Traffic };

/** The devtools page and its panel share one; several inspected tabs are told apart by it. */
export const channelName = (tabId: number) => `traffic of tab ${tabId}`;

/** Characters that are kept for a panel that was not opened yet. */
const mostKept = 16 << 20;
/** Of the exchanges, the share that is left when there are more. */
const leftWhenFull = 7 / 8;

/** Hands on what was heard to a panel that listens, and keeps it for one that does not yet: the latest of each kind, up to a bound. */
export function createTrafficSender(channel: Channel, onListening: (isListening: boolean, since: number) => void) {
  let isListening = false;
  let kept: Exchange[] = [];
  let characters = 0;
  let skipped = 0;
  let unread: Unread | null = null;

  channel.onmessage = ({ data }) => {
    if (data.kind !== 'listening') return;
    isListening = data.isListening;
    if (isListening) sendKept();
    onListening(isListening, data.since);
  };

  function sendKept(): void {
    if (!unread) return;
    channel.postMessage({ kind: 'traffic', traffic: { exchanges: kept, unread: withSkipped(unread) } });
    kept = [];
    characters = 0;
  }

  function withSkipped(heard: Unread): Unread {
    return { ...heard, skipped: heard.skipped + skipped };
  }

  return function send(traffic: Traffic): void {
    unread = traffic.unread;
    if (isListening) {
      channel.postMessage({ kind: 'traffic', traffic: { ...traffic, unread: withSkipped(traffic.unread) } });
      return;
    }
    for (const exchange of traffic.exchanges) {
      kept.push(exchange);
      characters += lengthOf(exchange);
    }
    while (characters > mostKept && kept.length > 0) {
      const before = kept.length;
      kept = fairShare(kept, Math.floor(before * leftWhenFull), exchangeKind);
      skipped += before - kept.length;
      characters = kept.reduce((sum, exchange) => sum + lengthOf(exchange), 0);
    }
  };
}

function lengthOf({ url, requestHeaders, requestBody, responseHeaders, responseBody, messages }: Exchange): number {
  const headers = [...requestHeaders, ...responseHeaders].reduce(
    (sum, { name, value }) => sum + name.length + value.length,
    0,
  );
  const bodies = (requestBody?.text.length ?? 0) + (responseBody?.text.length ?? 0);
  return url.length + headers + bodies + messages.reduce((sum, { text }) => sum + text.length, 0);
}

/**
 * Hears what the devtools page heard, from the first on, until the returned function is called; then nothing is recorded any more.
 *
 * @param clock milliseconds since the epoch
 */
export function receiveTraffic(
  channel: Channel,
  listener: (traffic: Traffic) => void,
  clock = () => Date.now(),
): () => void {
  channel.onmessage = ({ data }) => {
    if (data.kind === 'traffic') listener(data.traffic);
  };
  // A busy machine delivers it late, and what the page asks for meanwhile is asked after the press.
  channel.postMessage({ kind: 'listening', isListening: true, since: clock() });
  return () => {
    channel.onmessage = null;
    channel.postMessage({ kind: 'listening', isListening: false, since: clock() });
  };
}
