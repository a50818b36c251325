import type { Body, Cookie, Exchange, Header, Initiator, SocketMessage } from '../engine/model/capture.ts';
import { wireHeaders } from '../engine/model/wire-headers.ts';
import { hostOf } from '../engine/text/hosts.ts';
import { list, number, record, seconds, string } from '../engine/text/narrow.ts';
import { sameSiteIn } from '../engine/text/same-site.ts';
import { fromWide } from '../engine/text/wide-text.ts';
import { linesOf } from './batches.ts';
import { byteWork } from './bytes/byte-work.ts';
import { wideTextIn } from './bytes/utf8-window.ts';
import { headerOf, urlOf } from './message-text.ts';

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
    body: (text, base64) => (base64 && isBase64(string(text)) ? readable(byteWork.base64(string(text))) : string(text)),
  };
}

/** Whether what is called base64 is that by how it begins: some writers say so of texts that they leave as they are. */
export function isBase64(text: string): boolean {
  // In a file its line breaks are escapes.
  return /^[\w+/=\s\\-]*$/.test(text.slice(0, 1000));
}

/** What one entry tells, in the terms of a capture. `pageUrl` is the document that it belongs to, where that is known. Never throws. */
export function exchangeOf(entry: HarEntry, name: string, pageUrl: string | null): Exchange {
  const { members, text } = entry;
  const request = record(members.request);
  const response = record(members.response);
  const status = number(response.status);
  const asked = headers(entry, request.headers);
  const url = addressOf(entry, request, asked);
  const cookies = list(request.cookies).map(record);
  const requestCookies = cookies.flatMap((cookie) => toldCookie(cookie, textIn(entry, cookie.value), url) ?? []);
  const startedAt = startOf(members.startedDateTime);
  const endedAt = endOf(members);
  const answeredAt = answerOf(members, startedAt, endedAt);
  const requestHeaders = withCookies(entry, asked, cookies);
  const answered = setCookies(entry, headers(entry, response.headers), list(response.cookies).map(record), url);
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
    requestBody: requestBody(entry, bodyIn(request.postData)),
    ...(requestCookies.length > 0 && { requestCookies }),
    // 0 is how browsers write that no answer came.
    status: status === 0 ? null : status,
    responseHeaders: withRedirect(answered.headers, text(response.redirectURL)),
    ...(answered.others.length > 0 && { responseCookies: answered.others }),
    responseBody: responseBody(entry, bodyIn(response.content)),
    messages: messages(entry),
    ...(members._resourceType === 'document' && { isDocument: true }),
    ...(list(members._eventSourceMessages).length > 0 && { isEventStream: true }),
    ...((isUnsent(response, requestHeaders) || isWaiting) && { isUnsent: true }),
    ...(string(members._fromCache) && { isFromCache: true }),
    // Of what it fetched in whatever way, elsewhere too, Chromium says that it came from the network.
    ...(response._fetchedViaServiceWorker === true && { isFromWorker: true }),
  };
}

/** The address asked for: with the parameters that some writers list beside it alone, and at the host that a header names where it has none. */
function addressOf(entry: HarEntry, { url, queryString }: Record<string, unknown>, asked: readonly Header[]): string {
  const target = entry.text(url);
  const address = target.startsWith('/') ? urlOf(target, asked) : target;
  const fields = address.includes('?') ? [] : list(queryString).map(record);
  if (fields.length === 0) return address;
  const pairs = fields.map(({ name, value }) =>
    [textIn(entry, name), textIn(entry, value)].map(encodeLoosely).join('='),
  );
  const hash = address.indexOf('#');
  return hash < 0
    ? `${address}?${pairs.join('&')}`
    : `${address.slice(0, hash)}?${pairs.join('&')}${address.slice(hash)}`;
}

/** Chromium's errors before anything is sent (net/base/net_error_list.h, read 2026-11): what is blocked, and connections that were not made. */
const notSent =
  /^net::ERR_(?:BLOCKED_BY_(?:CLIENT|ADMINISTRATOR|CSP)|NAME_|DNS_|ADDRESS_|INTERNET_DISCONNECTED|CONNECTION_(?:REFUSED|FAILED|TIMED_OUT)|CERT_|SSL_|UNSAFE_PORT|(?:DISALLOWED|UNKNOWN)_URL_SCHEME|(?:PROXY|TUNNEL)_CONNECTION_FAILED|(?:NETWORK_)?ACCESS_DENIED)/;

/**
 * Whether nothing left the browser. One that failed in general, as for want of permission by the server, has then no header of the wire;
 * one that a policy of the page's forbids (`img-src`, say) has an error without a name. Seen in Chromium 156.
 */
function isUnsent({ _error: error, status }: Record<string, unknown>, all: readonly Header[]): boolean {
  if (number(status)) return false;
  return notSent.test(string(error)) || ((error === 'net::ERR_FAILED' || error === '') && !all.some(isOfWire));
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

/** Headers as HAR 1.2 lists them, and as other writers do: pairs of name and value, lines, or an object with a value or several by name. */
function headers(entry: HarEntry, given: unknown): Header[] {
  if (typeof given === 'string')
    return headers(
      entry,
      [...linesOf(entry.text(given))].filter((line) => line.trim()),
    );
  if (!Array.isArray(given)) {
    return Object.entries(record(given)).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one) => ({ name, value: textIn(entry, one) })),
    );
  }
  const all = given.map((header) => {
    if (Array.isArray(header)) return { name: textIn(entry, header[0]), value: textIn(entry, header[1]) };
    if (typeof header === 'string') return headerOf(entry.text(header))[0] ?? { name: '', value: entry.text(header) };
    const { name, value } = record(header);
    return { name: string(name), value: textIn(entry, value) };
  });
  return all.some(isJoined) ? all.flatMap((header) => (isJoined(header) ? apart(header) : [header])) : all;
}

/** Some writers put all headers of one name into one. In those of cookies a comma stands in dates, and in no value (RFC 6265 §4.1.1). */
function apart({ name, value }: Header): Header[] {
  return value.split(/\n|,(?=\s{0,9}[^\s;,="]{1,1000}=)/).map((one) => ({ name, value: one.trim() }));
}

function isJoined({ name, value }: Header): boolean {
  return name.length === 10 && name.toLowerCase() === 'set-cookie' && /[,\n]/.test(value);
}

/** A text, or what WebDriver BiDi writes in place of one: `{ "type": "string" | "base64", "value": … }` (network.BytesValue). */
function textIn({ text }: HarEntry, value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const { type, value: inner } = record(value);
  if (inner === undefined) return text(value);
  return type === 'base64' ? readable(byteWork.base64(text(inner))) : text(inner);
}

/** Some writers list cookies and drop the header, or a part of it. */
function withCookies(entry: HarEntry, all: Header[], cookies: Record<string, unknown>[]): Header[] {
  if (cookies.length === 0) return all;
  const told = cookies.map((cookie) => [string(cookie.name), textIn(entry, cookie.value)] as const);
  const missing = notIn(headersNamed(all, 'cookie'), told);
  if (missing.length === 0) return all;
  return [...all, { name: 'Cookie', value: missing.map((pair) => pair.join('=')).join('; ') }];
}

function headersNamed(all: readonly Header[], name: string): string[] {
  return all.filter((header) => header.name.toLowerCase() === name).map(({ value }) => value);
}

/** Pairs of which no header tells the value, as it is or encoded; all of them where there is no header. */
function notIn<Pair extends readonly [name: string, value: string, ...unknown[]]>(
  values: readonly string[],
  pairs: readonly Pair[],
): Pair[] {
  if (values.length === 0) return [...pairs];
  return pairs.filter(
    ([, value]) =>
      value.length >= shortestLoose && !values.some((one) => one.includes(value) || one.includes(encodeLoosely(value))),
  );
}

/**
 * Cookies of an answer that its headers do not tell: those of a name that a header has, as a header with the same attributes, and the others
 * with what is told of theirs.
 */
function setCookies(
  entry: HarEntry,
  all: Header[],
  cookies: Record<string, unknown>[],
  url: string,
): { headers: Header[]; others: Cookie[] } {
  if (cookies.length === 0) return { headers: all, others: [] };
  const told = cookies.map((cookie) => [string(cookie.name), textIn(entry, cookie.value), cookie] as const);
  const missing = notIn(headersNamed(all, 'set-cookie'), told);
  const headers = [...all];
  const others: Cookie[] = [];
  const attributesOf = new Map<string, string>();
  if (missing.length > 0)
    for (const line of headersNamed(all, 'set-cookie').flatMap((value) => value.split('\n'))) {
      const end = line.indexOf(';');
      attributesOf.set(line.split('=', 1)[0]?.trim() ?? '', end < 0 ? '' : line.slice(end));
    }
  for (const [name, value, cookie] of missing) {
    const attributes = attributesOf.get(name);
    if (attributes === undefined) others.push(listedCookie(cookie, value, url));
    else headers.push({ name: 'Set-Cookie', value: `${name}=${value}${attributes}` });
  }
  return { headers, others };
}

/** A cookie of an answer by what is told of it alone: writers leave out what they do not know as well as what is not so. */
function listedCookie(cookie: Record<string, unknown>, value: string, url: string): Cookie {
  const { httpOnly, secure, path, expires, sameSite } = cookie;
  const domain = string(cookie.domain);
  const expiresAt = seconds(expires);
  return {
    name: string(cookie.name),
    value,
    domain: domain.replace(/^\./, '') || hostOf(url),
    hostOnly: domain ? !domain.startsWith('.') : null,
    path: string(path) || null,
    httpOnly: typeof httpOnly === 'boolean' ? httpOnly : null,
    secure: typeof secure === 'boolean' ? secure : null,
    sameSite: sameSiteIn(string(sameSite)),
    session: expiresAt === null && expires === undefined ? null : expiresAt === null,
    expiresAt,
    partitionedBy: null,
    url,
  };
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

/** A body, or what some writers put in place of one: its text alone. */
function bodyIn(value: unknown): Record<string, unknown> {
  return typeof value === 'string' ? { text: value } : record(value);
}

function requestBody({ text }: HarEntry, post: Record<string, unknown>): Body | null {
  const mimeType = string(post.mimeType) || null;
  const whole = text(post.text) || jsonOf(post.text);
  if (whole) return { text: whole, mimeType };
  const fields = list(post.params).map(record);
  if (fields.length === 0) return null;
  const pairs = fields.map((field) => [text(field.name), text(field.value)].map(encodeLoosely).join('='));
  return { text: pairs.join('&'), mimeType: 'application/x-www-form-urlencoded' };
}

function responseBody({ body }: HarEntry, content: Record<string, unknown>): Body | null {
  const whole = body(content.text, string(content.encoding) === 'base64') || jsonOf(content.text);
  return whole ? { text: whole, mimeType: string(content.mimeType) || null } : null;
}

/** What is written as JSON where a text is usual, as text. */
function jsonOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : '';
}

/** Messages of sockets as Chrome, Playwright and proxies write them, and as Insomnia and others do by other names. */
function messages({ members, text }: HarEntry): SocketMessage[] {
  return messagesIn(
    messageLists.flatMap((name) => list(members[name])),
    text,
  );
}

/** Each of them, whoever wrote it. */
export function messagesIn(all: readonly unknown[], text: HarEntry['text']): SocketMessage[] {
  return all.map((message) => {
    const { type, direction, fromClient, data, payload, text: own, time, opcode } = record(message);
    const given = typeof message === 'string' ? message : (data ?? payload ?? own);
    const written = text(given) || jsonOf(given);
    return {
      direction: fromClient === true || isSent.test(string(type) || string(direction)) ? 'sent' : 'received',
      // Chrome writes binary messages (opcode 2) in base64.
      text: opcode === 2 || opcode === 'binary' ? readable(byteWork.base64(written)) : written,
      at: number(time) ?? seconds(time),
    };
  });
}

const messageLists = ['_webSocketMessages', '_websocketMessages', 'webSocketMessages', '_eventSourceMessages'];

const isSent = /^(?:sen[dt]|out(?:going|bound)?|client|request)/i;

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

/** Bytes as text: UTF-8 or UTF-16 where they are, otherwise each byte for itself. */
export function readable(bytes: Uint8Array): string {
  const wide = wideTextIn(bytes);
  if (wide) return fromWide(bytes.subarray(0, bytes.length & -wide.unit), wide);
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

/** Characters that no token is shorter than. */
const shortestLoose = 16;
/** How deep members are looked at that no part of a capture is made of. */
const deepest = 50;

/** Members that become parts of an exchange, or say nothing that could hold a token. */
const told = {
  entry: ['request', 'response', 'startedDateTime', 'time', 'timings', '_initiator', ...messageLists],
  request: ['url', 'headers', 'cookies', 'queryString', 'postData'],
  response: ['headers', 'cookies', 'content', 'redirectURL'],
  body: ['text', 'params', 'mimeType', '_file', '_sha1'],
};

/** Texts that stand in an entry where `exchangeOf` does not look: comments, members of a writer's own. In JSON, so that they have a path. */
export function looseIn(entry: HarEntry): string[] {
  const { members } = entry;
  const [request, response] = [record(members.request), record(members.response)];
  const [post, content] = [record(request.postData), record(response.content)];
  const pairs = fieldsBeside(entry, request);
  const fields = fieldsBesideBody(entry, post);
  const isNone =
    pairs.length === 0 &&
    fields.length === 0 &&
    !mayBeLoose(members, told.entry) &&
    !mayBeLoose(request, told.request) &&
    !mayBeLoose(post, told.body) &&
    !mayBeLoose(response, told.response) &&
    !mayBeLoose(content, told.body);
  if (isNone) return [];
  const parts = {
    ...without(members, told.entry),
    request: {
      ...without(request, told.request),
      queryString: Object.fromEntries(pairs),
      postData: { ...without(post, told.body), params: fields },
    },
    response: { ...without(response, told.response), content: without(content, told.body) },
  };
  return longTexts(parts, entry.text);
}

/** Parameters that are listed beside an address and do not stand in it. */
function fieldsBeside(entry: HarEntry, { url, queryString }: Record<string, unknown>): (readonly [string, string])[] {
  const fields = list(queryString).map(record);
  if (!fields.some(({ value }) => mayBeLong(value))) return [];
  const address = entry.text(url);
  const pairs = fields.map(({ name, value }) => [string(name), textIn(entry, value)] as const);
  // Where it has none, all were put there.
  return address.includes('?') ? notIn([address], pairs) : [];
}

/** Fields that are listed beside the text of a body and do not stand in it, and what is told of files but their content. */
function fieldsBesideBody(entry: HarEntry, { text, params }: Record<string, unknown>): unknown[] {
  const fields = list(params).map(record);
  if (fields.length === 0) return [];
  const whole = entry.text(text);
  const pairs = fields.map((field) => [string(field.name), textIn(entry, field.value), field] as const);
  const missing = new Set(whole ? notIn([whole], pairs).map(([, , field]) => field) : []);
  return fields.flatMap((field) => {
    const rest = missing.has(field) ? field : without(field, ['name', 'value']);
    return longTexts(rest, entry.text).length > 0 ? [rest] : [];
  });
}

/** A glance: whether something long stands in a member that is not told. Most entries have nothing. */
function mayBeLoose(members: Record<string, unknown>, names: readonly string[]): boolean {
  for (const name in members)
    if (!names.includes(name) && (name.length >= 100 || mayBeLong(members[name]))) return true;
  return false;
}

/** What stands for a long string is shorter than a token. */
function mayBeLong(value: unknown): boolean {
  if (typeof value === 'string') return value.length >= 12;
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** What is long enough in it to be a token, as JSON of the same shape; nothing where nothing is. */
export function longTexts(value: unknown, text: HarEntry['text'] = string): string[] {
  const left = longIn(value, text, 0);
  return left === undefined ? [] : [JSON.stringify(left)];
}

function longIn(value: unknown, text: HarEntry['text'], depth: number): unknown {
  if (typeof value === 'string') return text(value).length < shortestLoose ? undefined : text(value);
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined;
  const all = Object.entries(value).flatMap(([name, one]) => {
    const left = longIn(one, text, depth + 1);
    return left === undefined && name.length < 100 ? [] : [[name, left ?? null] as const];
  });
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

function without(members: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !names.includes(name)));
}
