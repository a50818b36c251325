import type { Body, Cookie, Exchange, Header, Initiator, SocketMessage } from '../engine/model/capture.ts';
import { wireHeaders } from '../engine/model/wire-headers.ts';
import { list, number, record, seconds, string } from '../engine/text/narrow.ts';
import { sameSiteIn } from '../engine/text/same-site.ts';
import { byteWork } from './bytes/byte-work.ts';

/** One entry of an HTTP Archive. Its long strings may stand elsewhere; they are decoded when asked for. */
export interface HarEntry {
  members: Record<string, unknown>;
  text(value: unknown): string;
  /** The text of a body; empty when a glance shows that it holds no token. */
  body(value: unknown, base64: boolean): string;
}

/** An entry as it is, all its strings at hand. */
export function wholeEntry(value: unknown): HarEntry {
  return {
    members: record(value),
    text: string,
    body: (text, base64) => (base64 ? readable(byteWork.base64(string(text))) : string(text)),
  };
}

/** What one entry tells, in the terms of a capture. `pageUrl` is the document that it belongs to, where that is known. Never throws. */
export function exchangeOf(entry: HarEntry, name: string, pageUrl: string | null): Exchange {
  const { members, text } = entry;
  const request = record(members.request);
  const response = record(members.response);
  const status = number(response.status);
  const url = text(request.url);
  const cookies = list(request.cookies).map(record);
  const requestCookies = cookies.flatMap((cookie) => toldCookie(cookie, text(cookie.value), url) ?? []);
  const startedAt = startOf(members.startedDateTime);
  const endedAt = endOf(members);
  const answeredAt = answerOf(members, startedAt, endedAt);
  const requestHeaders = withCookies(entry, headers(entry, request.headers), cookies);
  // A socket that waits for its connection has sent nothing; one that is closed before never does.
  const isWaiting = members._resourceType === 'websocket' && startedAt === null && requestHeaders.length === 0;
  return {
    name,
    method: string(request.method),
    url,
    startedAt,
    endedAt: endedAt === startedAt ? null : endedAt,
    ...(answeredAt !== null && { answeredAt }),
    pageUrl,
    initiator: initiatorOf(record(members._initiator), text),
    requestHeaders,
    requestBody: requestBody(entry, record(request.postData)),
    ...(requestCookies.length > 0 && { requestCookies }),
    // 0 is how browsers write that no answer came.
    status: status === 0 ? null : status,
    responseHeaders: withRedirect(headers(entry, response.headers), text(response.redirectURL)),
    responseBody: responseBody(entry, record(response.content)),
    messages: messages(entry),
    ...(members._resourceType === 'document' && { isDocument: true }),
    ...(list(members._eventSourceMessages).length > 0 && { isEventStream: true }),
    ...((isUnsent(response, requestHeaders) || isWaiting) && { isUnsent: true }),
    ...(string(members._fromCache) && { isFromCache: true }),
  };
}

/** Chromium's errors before anything is sent (net/base/net_error_list.h, read 2026-11): what is blocked, and connections that were not made. */
const notSent =
  /^net::ERR_(?:BLOCKED_BY_(?:CLIENT|ADMINISTRATOR|CSP)|NAME_|DNS_|ADDRESS_|INTERNET_DISCONNECTED|CONNECTION_(?:REFUSED|FAILED|TIMED_OUT)|CERT_|SSL_|UNSAFE_PORT|(?:DISALLOWED|UNKNOWN)_URL_SCHEME|(?:PROXY|TUNNEL)_CONNECTION_FAILED|(?:NETWORK_)?ACCESS_DENIED)/;

/** Whether nothing left the browser. One that failed in general, as for want of permission by the server, has then no header of the wire. */
function isUnsent({ _error: error, status }: Record<string, unknown>, all: readonly Header[]): boolean {
  if (number(status)) return false;
  return notSent.test(string(error)) || (error === 'net::ERR_FAILED' && !all.some(isOfWire));
}

const isOfWire = ({ name }: Header) => wireHeaders.includes(name.toLowerCase());

/** Longest exchange that is believed, in seconds: a week. */
const longestExchange = 7 * 86_400;

/** When an exchange was over, in seconds since the epoch; `time` is its length in milliseconds, -1 where it is not known. */
export function endOf({ startedDateTime, time }: Record<string, unknown>): number | null {
  const start = seconds(startedDateTime);
  const took = (number(time) ?? 0) / 1000;
  return start !== null && took > 0 && took <= longestExchange ? start + took : start;
}

/** When the headers of the answer were there, in seconds since the epoch: what follows is the time that its body took. */
function answerOf(
  { timings }: Record<string, unknown>,
  startedAt: number | null,
  endedAt: number | null,
): number | null {
  const receive = (number(record(timings).receive) ?? -1) / 1000;
  if (startedAt === null || endedAt === null || receive < 0 || endedAt - receive < startedAt) return null;
  return endedAt - receive;
}

function headers({ text }: HarEntry, value: unknown): Header[] {
  return list(value).map((header) => {
    const { name, value } = record(header);
    return { name: string(name), value: text(value) };
  });
}

/** Some writers list cookies and drop the header. */
function withCookies({ text }: HarEntry, all: Header[], cookies: Record<string, unknown>[]): Header[] {
  if (cookies.length === 0 || all.some(({ name }) => name.toLowerCase() === 'cookie')) return all;
  const value = cookies.map((cookie) => `${string(cookie.name)}=${text(cookie.value)}`).join('; ');
  return [...all, { name: 'Cookie', value }];
}

/** Seconds since the epoch. Chromium puts what has not started yet before it. */
function startOf(value: unknown): number | null {
  const at = seconds(value);
  return at !== null && at >= 0 ? at : null;
}

/** Chromium tells the attributes of cookies that were sent; writers that do not leave them out. */
function toldCookie(cookie: Record<string, unknown>, value: string, url: string): Cookie | null {
  const { httpOnly, secure } = cookie;
  const domain = string(cookie.domain);
  if (typeof httpOnly !== 'boolean' || typeof secure !== 'boolean' || !domain) return null;
  const expiresAt = seconds(cookie.expires);
  return {
    name: string(cookie.name),
    value,
    domain: domain.replace(/^\./, ''),
    hostOnly: !domain.startsWith('.'),
    path: string(cookie.path) || null,
    httpOnly,
    secure,
    sameSite: sameSiteIn(string(cookie.sameSite)) ?? 'unspecified',
    session: expiresAt === null,
    expiresAt,
    partitionedBy: null,
    url,
  };
}

function withRedirect(all: Header[], target: string): Header[] {
  if (!target || all.some(({ name }) => name.toLowerCase() === 'location')) return all;
  return [...all, { name: 'Location', value: target }];
}

function requestBody({ text }: HarEntry, post: Record<string, unknown>): Body | null {
  const mimeType = string(post.mimeType) || null;
  const whole = text(post.text);
  if (whole) return { text: whole, mimeType };
  const fields = list(post.params).map(record);
  if (fields.length === 0) return null;
  const pairs = fields.map((field) => [text(field.name), text(field.value)].map(encodeLoosely).join('='));
  return { text: pairs.join('&'), mimeType: 'application/x-www-form-urlencoded' };
}

function responseBody({ body }: HarEntry, content: Record<string, unknown>): Body | null {
  const whole = body(content.text, string(content.encoding) === 'base64');
  return whole ? { text: whole, mimeType: string(content.mimeType) || null } : null;
}

function messages({ members, text }: HarEntry): SocketMessage[] {
  return [...list(members._webSocketMessages), ...list(members._eventSourceMessages)].map((message) => {
    const { type, data, time, opcode } = record(message);
    return {
      direction: type === 'send' ? 'sent' : 'received',
      // Chrome writes binary messages (opcode 2) in base64.
      text: opcode === 2 ? readable(byteWork.base64(text(data))) : text(data),
      at: number(time),
    };
  });
}

/** Asynchronous calls that are followed back at most, and calls looked at in each. */
const mostStacks = 8;
const mostCalls = 32;

/** The innermost call of a script that has an address, or the line of the document; Chrome counts lines from 0. */
function initiatorOf(initiator: Record<string, unknown>, text: HarEntry['text']): Initiator | null {
  const own = placed(initiator, text);
  if (own) return own;
  let stack = record(initiator.stack);
  for (let depth = 0; depth < mostStacks; depth += 1) {
    for (const call of list(stack.callFrames).slice(0, mostCalls)) {
      const found = placed(record(call), text);
      if (found) return found;
    }
    stack = record(stack.parent);
  }
  return null;
}

function placed({ url, lineNumber }: Record<string, unknown>, text: HarEntry['text']): Initiator | null {
  const address = text(url);
  const line = number(lineNumber);
  return address ? { url: address, line: line === null ? null : line + 1 } : null;
}

/** Bytes as text: UTF-8 where they are, otherwise each byte for itself. */
export function readable(bytes: Uint8Array): string {
  const text = byteWork.utf8(bytes);
  return text.includes('\ufffd') ? byteWork.latin1(bytes) : text;
}

function encodeLoosely(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text.replace(/[&=%+]/g, escape);
  }
}
