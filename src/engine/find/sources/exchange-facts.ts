import type { Body, Direction, Exchange, ExchangeFacts, Header, KeptBy, ReplyFacts } from '../../model/capture.ts';
import { mostCarried } from '../../model/carriers.ts';
import { wireHeaders } from '../../model/wire-headers.ts';
import { isObject, type Json } from '../../text/json.ts';
import { originOf } from './url-snippets.ts';

const known = new WeakMap<Exchange, Partial<Record<Direction, ExchangeFacts>>>();

/** What a place in the request (`sent`) or in the answer (`received`) tells of both. The same object for all places of one exchange. */
export function exchangeFacts(exchange: Exchange, direction: Direction): ExchangeFacts {
  const before = known.get(exchange) ?? {};
  const facts = before[direction] ?? readFacts(exchange, direction);
  known.set(exchange, { ...before, [direction]: facts });
  return facts;
}

function readFacts(exchange: Exchange, direction: Direction): ExchangeFacts {
  const { name, method, url, status, initiator, startedAt, endedAt = null } = exchange;
  const asks = byName(exchange.requestHeaders);
  const pageUrl = exchange.pageUrl?.slice(0, mostCarried.url) ?? null;
  const asker = originIn(asks.get('origin')) ?? originIn(asks.get('referer'));
  const isRest = exchange.isContinued === true;
  const isInFrame = isFrame(asks.get('sec-fetch-dest'));
  // A page may be gone to from anywhere, by the user's own hand, too.
  const isPage = exchange.isDocument === true && isInFrame !== true;
  const { madeBy, hasCredentials, asked } = exchange.toldBefore ?? {
    // Without what was told of it before, headers that are not among the rest say nothing.
    madeBy: asker ?? (pageUrl === null || isRest || isPage ? null : originOf(pageUrl)),
    ...shown(asks, exchange.requestBody),
    ...(isRest && { hasCredentials: isKnownBy(asks) || null }),
  };
  return {
    name,
    direction,
    method: method.slice(0, longestMethod),
    status,
    initiator: initiator && { ...initiator, url: initiator.url.slice(0, mostCarried.url) },
    pageUrl,
    madeBy,
    startedAt,
    endedAt,
    ...(exchange.answeredAt !== undefined && { answeredAt: exchange.answeredAt }),
    isDocument: exchange.isDocument === true,
    ...(exchange.isDocument && { isFrame: isInFrame }),
    ...((exchange.isUnsent || exchange.isFromCache) && { isUnsent: true }),
    ...(exchange.isEventStream && { isEventStream: true }),
    isFromCache: exchange.isFromCache === true,
    ...(exchange.isFromWorker && { isFromWorker: true }),
    hasCredentials,
    asked: direction === 'received' ? asked : [],
    reply: withBoundCookies(
      replyOf(exchange.responseHeaders, asks.get('origin') ?? madeBy, originOf(url)),
      exchange,
      asks,
    ),
  };
}

/** Browsers say what a document is for, unless it comes over plain http (https://w3c.github.io/webappsec-fetch-metadata/, read 2026-11). */
function isFrame(destination: string | undefined): boolean | null {
  return destination === undefined ? null : destination !== 'document';
}

const longestMethod = 40;

/** The last value of each header, by its name in lower case; servers and browsers send the ones asked for here once. */
function byName(headers: readonly Header[]): ReadonlyMap<string, string> {
  return new Map(headers.map(({ name, value }) => [name.toLowerCase(), value]));
}

function originIn(value: string | undefined): string | null {
  const origin = value ? originOf(value.slice(0, mostCarried.url)) : null;
  return origin === 'null' ? null : origin;
}

/** `Sec-WebSocket-Key`, which browsers choose at random (RFC 6455 §4.1), says nothing of who asks. */
const credentialHeader =
  /^(?:cookie|(?:proxy-)?authorization|dpop)$|^(?:x-)?[\w-]*(?:token|key|auth|csrf|xsrf|session|secret|signature)$/;

function isKnownBy(headers: ReadonlyMap<string, string>): boolean | null {
  for (const [name, value] of headers)
    if (value !== '' && credentialHeader.test(name) && name !== 'sec-websocket-key') return true;
  return wireHeaders.some((name) => headers.has(name)) ? false : null;
}

/** What of a request says who asks, or for what. Where its body does not tell all, a credential may be in the rest. */
function shown(asks: ReadonlyMap<string, string>, body: Body | null): Pick<ExchangeFacts, 'hasCredentials' | 'asked'> {
  const all = askedIn(body);
  const asked = (all ?? [])
    .filter(([name, value]) => value !== '' && name.length <= longestAsked)
    .map(([name, value]): [string, string] => [name, value.length > longestAsked ? '' : value]);
  const isWhole = all !== null && asked.length <= mostAsked;
  const isKnown = isKnownBy(asks);
  return { hasCredentials: isKnown === false && !isWhole ? null : isKnown, asked: asked.slice(0, mostAsked) };
}

const mostAsked = 16;
const longestAsked = 128;
/** A longer body asks for more than a name and a room, in characters. */
const longestBody = 16_384;

/** Names and values of a form, or of a JSON object and the objects in it; null where a body is neither, or longer. */
function askedIn(body: Body | null): [string, string][] | null {
  if (!body?.text) return [];
  if (body.text.length > longestBody) return null;
  if (/^\s*[[{]/.test(body.text)) {
    const json = parsed(body.text);
    return json === null ? null : membersOf(json);
  }
  const isForm = /^(?:application\/x-www-form-urlencoded|text\/plain|$)/i.test(body.mimeType ?? '');
  return isForm ? [...new URLSearchParams(body.text)] : null;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}

function membersOf(value: Json, depth = 0): [string, string][] {
  if (depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((member) => membersOf(member, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    if (typeof member === 'string' || typeof member === 'number') return [[name, String(member)]];
    return membersOf(member, depth + 1);
  });
}

const mostBound = 20;

/**
 * The answer to a browser that registers a device-bound session, or renews it, names the cookies that are bound to its key
 * (https://w3c.github.io/webappsec-dbsc/, read 2026-11; its headers were called `Sec-Session-…` before).
 */
function withBoundCookies(
  reply: ReplyFacts | null,
  { responseBody }: Exchange,
  asks: ReadonlyMap<string, string>,
): ReplyFacts | null {
  const isAsked = asks.has('secure-session-response') || asks.has('sec-session-response');
  if (!reply || !isAsked || !responseBody || responseBody.text.length > longestBody) return reply;
  const said = parsed(responseBody.text);
  const credentials = isObject(said) && Array.isArray(said.credentials) ? said.credentials.slice(0, mostBound) : [];
  const names = credentials.flatMap((one) =>
    isObject(one) && one.type === 'cookie' && typeof one.name === 'string' ? one.name.slice(0, longestAsked) : [],
  );
  return names.length > 0 ? { ...reply, boundCookies: names } : reply;
}

function replyOf(headers: readonly Header[], asker: string | null, ownOrigin: string | null): ReplyFacts | null {
  if (headers.length === 0) return null;
  const says = byName(headers);
  return {
    keptBy: keptBy(says.get('cache-control')),
    readableBy: readableBy(says.get('access-control-allow-origin')?.trim(), asker, ownOrigin),
    allowsCredentials: says.get('access-control-allow-credentials')?.trim() === 'true',
    referrerPolicy: referrerPolicyIn(says.get('referrer-policy')),
    serverAt: serverTime(says.get('date'), says.get('age')),
    isUpgrade: says.get('non-authoritative-reason')?.trim().toLowerCase() === 'hsts',
  };
}

/** The header names one origin, all, or `null` for documents without one (https://fetch.spec.whatwg.org/#http-access-control-allow-origin). */
function readableBy(
  allowed: string | undefined,
  asker: string | null,
  ownOrigin: string | null,
): ReplyFacts['readableBy'] {
  if (allowed === '*') return 'anybody';
  if (allowed === 'null') return 'opaque';
  return allowed !== undefined && allowed === asker && asker !== ownOrigin ? 'asker' : null;
}

function keptBy(control: string | undefined): KeptBy {
  const directives = new Set((control ?? '').toLowerCase().split(/[\s,=]+/, 64));
  if (directives.has('no-store')) return 'nobody';
  if (directives.has('private')) return 'browser';
  return directives.has('public') || directives.has('s-maxage') ? 'anybody' : 'unsaid';
}

const referrerPolicies = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];

/** Of several, the last one that is known counts (https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header). */
function referrerPolicyIn(header: string | undefined): string | null {
  const named = (header ?? '').toLowerCase().split(/[\s,]+/, 64);
  const last = named.findLast((one) => referrerPolicies.includes(one));
  return referrerPolicies.find((one) => one === last) ?? null;
}

/** `Date` is when the answer was made, `Age` how long caches have kept it since (RFC 9110 §6.6.1, RFC 9111 §5.1). */
function serverTime(date: string | undefined, age: string | undefined): number | null {
  const milliseconds = Date.parse(date ?? '');
  if (!Number.isFinite(milliseconds)) return null;
  return milliseconds / 1000 + (/^\d{1,9}$/.test(age ?? '') ? Number(age) : 0);
}
