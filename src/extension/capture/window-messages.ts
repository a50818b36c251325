import { type Exchange, emptyExchange } from '../../engine/model/capture.ts';
import { number, record, string } from '../../engine/text/narrow.ts';

/** Messages of one telling that are taken; the listener tells no more. */
const mostTaken = 50;

export interface ReadMessages {
  messages: Exchange[];
  /** How many more were not read, or not to the end. */
  unread: number;
  /** How often the document was opened anew by a script, which takes away what listens in it. */
  reopened: number;
}

/**
 * Messages that windows posted to a frame, as the listener in it tells of them; null for anything else. Of the sender its origin is
 * known, not to whom it meant to send.
 */
export function readWindowMessages(told: unknown): ReadMessages | null {
  const { kind, url, messages, unread, reopened } = record(told);
  if (kind !== 'window-messages' || !Array.isArray(messages)) return null;
  const frame = string(url);
  return {
    messages: messages.slice(0, mostTaken).map((one) => exchangeOf(frame, one)),
    unread: number(unread) ?? 0,
    reopened: number(reopened) ?? 0,
  };
}

function exchangeOf(url: string, told: unknown): Exchange {
  const { from, text, ports, at } = record(told);
  const postedFrom = string(from) || 'null';
  const portCount = number(ports) ?? 0;
  return {
    ...emptyExchange(`message from ${postedFrom}`, url),
    startedAt: number(at),
    messages: [{ direction: 'received', text: string(text), at: number(at) }],
    posted: { from: postedFrom, ports: portCount },
  };
}
