import type { Exchange } from '../engine/model/capture.ts';
import { seconds } from '../engine/text/narrow.ts';
import { byteWork } from './bytes/byte-work.ts';
import { readText, tooLarge } from './bytes/read-json.ts';
import { readable } from './har-entry.ts';
import { emptyCapture, type Input, InputError } from './input.ts';
import {
  exchangeOfMessages,
  headerValue,
  type Message,
  messageOf,
  requestLine,
  statusLine,
  urlOf,
} from './message-text.ts';
import { readAsText } from './text.ts';
import { messageOfOctets, type WireMessage } from './wire-message.ts';
import { elementsOf, type XmlElement } from './xml-elements.ts';

/**
 * "Save items" and "Save selected issues" of Burp Suite: XML with the messages of each item, in base64 or as they are
 * (https://portswigger.net/burp/documentation/desktop/tools/proxy/http-history, the document type that each such file begins with).
 */
export const burpItems: Input = {
  id: 'burp-items',
  name: 'items or issues saved by Burp',
  matches: (head) => /<(?:items|issues)\s[^>]{0,200}?burpVersion\s*=/.test(head.slice(0, 8000)),
  async read(window, context, emit) {
    const { now, name, recorded } = context;
    const text = await readText(window);
    if (text === null) return readAsText(window, context, emit, tooLarge());
    let count = 0;
    let unread: InputError | null = null;
    for (const { members, rest, isCut } of elementsOf(text, ['item', 'issue'])) {
      // What is no item is searched, too.
      if (members.length === 0 && !isCut) {
        if (rest.trim()) emit({ ...emptyCapture(now), texts: [{ name, text: rest }] });
        continue;
      }
      count += 1;
      const { exchanges, others, failure } = readItem(members, `entry ${count}`);
      for (const { startedAt, responseHeaders } of exchanges)
        recorded(startedAt ?? seconds(headerValue(responseHeaders, 'date')));
      const texts = [...others, rest].filter((one) => one.trim()).map((text) => ({ name, text }));
      emit({ ...emptyCapture(now), exchanges, texts });
      if (isCut) throw new InputError('input-truncated', 'is cut off in an item; what came before was read');
      unread ??= failure;
    }
    if (unread) throw unread;
  },
};

/** Members that say what the request says; they are searched where they say something else. */
const told = new Set(['url', 'host', 'port', 'protocol', 'method', 'path', 'time', 'status', 'extension', 'mimetype']);

/** The exchanges of an item, or of an issue, which may have several, and the texts of whatever else it tells. */
function readItem(
  members: readonly XmlElement[],
  name: string,
): { exchanges: Exchange[]; others: string[]; failure: InputError | null } {
  const value = (wanted: string) => members.find((member) => member.name === wanted)?.text ?? '';
  const startedAt = timeOf(value('time'));
  const address = urlOfItem(value);
  const exchanges: Exchange[] = [];
  const others: string[] = [];
  let failure: InputError | null = null;
  let asked: Message | null = null;
  const add = (response: Message | null) => {
    // What was sent counts; an issue has a host, and the path of each request for itself.
    const url = asked ? urlFor(asked.first, address) : address;
    exchanges.push(exchangeOfMessages({ name, request: asked, response, url, startedAt }));
    others.push(asked?.rest ?? '', response?.rest ?? '');
    asked = null;
  };
  for (const member of members) {
    if (told.has(member.name)) continue;
    const message = messageIn(member);
    failure ??= message?.failure ?? null;
    if (message && member.name === 'request') {
      if (asked) add(null);
      asked = message;
    } else if (message) add(message);
    else others.push(textOf(member));
  }
  // Nothing but an address is something, too.
  if (asked || exchanges.length === 0) add(null);
  for (const { name: member, text } of members)
    if (told.has(member) && !exchanges.some(({ url }) => url.includes(text))) others.push(text);
  return { exchanges, others, failure };
}

const isBase64 = ({ attributes }: XmlElement) => /\bbase64\s*=\s*["']true/.test(attributes);

function textOf(member: XmlElement): string {
  return isBase64(member) ? readable(byteWork.base64(member.text)) : member.text;
}

/** The message that a member holds: in base64 its octets, else its text. */
function messageIn(member: XmlElement): WireMessage | null {
  const first = member.name === 'request' ? requestLine : member.name === 'response' ? statusLine : null;
  const written = isBase64(member) ? byteWork.latin1(byteWork.base64(member.text)) : member.text;
  if (!first?.test(written)) return null;
  return isBase64(member) ? messageOfOctets(written) : { ...messageOf(written), failure: null };
}

function urlOfItem(value: (name: string) => string): string | null {
  if (value('url')) return value('url');
  const host = value('host');
  // Of an issue it is an origin.
  if (/^https?:\/\//.test(host)) return `${host}${value('path')}`;
  const port = value('port');
  const isUsual = port === '' || port === '443' || port === '80';
  const scheme = value('protocol') || (port === '80' ? 'http' : 'https');
  return host ? `${scheme}://${host}${isUsual ? '' : `:${port}`}${value('path') || '/'}` : null;
}

/** The address of a request by its own first line, at the origin of the item. */
function urlFor(first: string, address: string | null): string | null {
  const [, , target] = requestLine.exec(first) ?? [];
  const origin = address && /^https?:\/\/[^/?#]+/i.exec(address)?.[0];
  return target === undefined || !origin ? address : urlOf(target.startsWith('/') ? `${origin}${target}` : target, []);
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** Seconds since the epoch from `Thu Nov 26 11:59:00 UTC 2026`, as java.util.Date writes it; null for zones that are known by letters alone. */
function timeOf(text: string): number | null {
  const [, month = '', day, time, zone = '', year] =
    /^\w{3} ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) ((?:UTC|GMT)(?:[+-]\d\d:\d\d)?) (\d{4})$/.exec(text.trim()) ??
    [];
  const at = months.indexOf(month);
  if (year === undefined || at < 0 || at % 3 !== 0) return null;
  const digits = (value: number | string | undefined) => String(value).padStart(2, '0');
  return seconds(`${year}-${digits(at / 3 + 1)}-${digits(day)}T${time}${zone.slice(3) || 'Z'}`);
}
