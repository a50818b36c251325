import { expect, test } from 'vitest';
import { exchangeOf } from '../../../../test/builders/captures.ts';
import { now } from '../../../../test/builders/tokens.ts';
import type { Exchange } from '../../model/capture.ts';
import { exchangeFacts } from './exchange-facts.ts';

const headers = (pairs: Record<string, string>) => Object.entries(pairs).map(([name, value]) => ({ name, value }));
const received = (parts: Partial<Exchange>) => exchangeFacts(exchangeOf(parts), 'received');
const replied = (pairs: Record<string, string>, asks: Record<string, string> = {}) =>
  received({ requestHeaders: headers(asks), responseHeaders: headers(pairs) }).reply;

test.each<[value: string | null, keptBy: string]>([
  ['no-store', 'nobody'],
  ['private, No-Store', 'nobody'],
  ['private, max-age=60', 'browser'],
  ['public, max-age=60', 'anybody'],
  ['max-age=0, s-maxage=60', 'anybody'],
  ['no-cache', 'unsaid'],
  ['max-age=60', 'unsaid'],
  [null, 'unsaid'],
])('an answer with Cache-Control %j may be kept by %s', (value, keptBy) => {
  expect(replied({ Date: 'x', ...(value !== null && { 'cache-control': value }) })?.keptBy).toBe(keptBy);
});

test('of an answer without headers, nothing is said', () => {
  expect(replied({})).toBeNull();
});

const asker = { Origin: 'https://app.example' };

test.each<[what: string, allowed: string | null, readableBy: string | null]>([
  ['everybody', '*', 'anybody'],
  ['whoever asked', 'https://app.example', 'asker'],
  ['somebody else', 'https://other.example', null],
  ['nobody', null, null],
  ['documents without an origin', 'null', 'opaque'],
])('scripts of %s may read an answer', (_, allowed, readableBy) => {
  const allow = {
    'Access-Control-Allow-Credentials': 'true',
    ...(allowed && { 'access-control-allow-origin': allowed }),
  };
  expect(replied(allow, asker)).toMatchObject({ readableBy, allowsCredentials: true });
});

test('what is allowed to a server’s own origin is allowed to nobody else', () => {
  const own = { Origin: 'https://call.example' };
  expect(replied({ 'access-control-allow-origin': 'https://call.example' }, own)?.readableBy).toBeNull();
});

test.each([
  ['unsafe-url', 'unsafe-url'],
  ['no-referrer, strict-origin, something-new', 'strict-origin'],
  ['something-new', null],
  ['', null],
])('of the referrer policies %j, the last that is known counts', (value, policy) => {
  expect(replied({ 'Referrer-Policy': value })?.referrerPolicy).toBe(policy);
});

test('the server’s clock counts on while an answer lies in a cache', () => {
  const date = new Date(now * 1000).toUTCString();
  expect(replied({ Date: date })?.serverAt).toBe(now);
  expect(replied({ Date: date, Age: '100' })?.serverAt).toBe(now + 100);
  expect(replied({ Date: 'yesterday' })?.serverAt).toBeNull();
});

test.each<[what: string, asks: Record<string, string>, hasCredentials: boolean | null]>([
  ['a cookie', { host: 'a.example', cookie: 'a=b' }, true],
  ['a bearer', { Authorization: 'Bearer x' }, true],
  ['a header of its own', { 'X-CSRF-Token': 'x' }, true],
  ['a key', { apikey: 'x' }, true],
  ['nothing', { ':authority': 'a.example', accept: '*/*' }, false],
  ['nothing but the key of a handshake', { Host: 'a.example', 'Sec-WebSocket-Key': 'x' }, false],
  ['headers that are not all told', { accept: '*/*' }, null],
  ['no headers', {}, null],
])('a request with %s tells whether somebody is known by it', (_, asks, hasCredentials) => {
  expect(received({ requestHeaders: headers(asks) }).hasCredentials).toBe(hasCredentials);
});

test.each<[what: string, text: string, mimeType: string | null]>([
  ['too long', `{"name":"Ada","all":"${'a'.repeat(20_000)}"}`, 'application/json'],
  [
    'of too many members',
    JSON.stringify(Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`a${n}`, 'x']))),
    null,
  ],
  [
    'in parts',
    '--X\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\n--X--',
    'multipart/form-data; boundary=X',
  ],
  ['no text', '\u0000\u0001password', 'application/octet-stream'],
  ['cut off', '{"name":"Ada","pass', 'application/json'],
])('a body that is %s may hold what shows who asks', (_, text, mimeType) => {
  const requestHeaders = headers({ Host: 'a.example' });
  expect(received({ requestHeaders, requestBody: { text, mimeType } }).hasCredentials).toBeNull();
  expect(received({ requestHeaders, requestBody: { text: 'name=Ada', mimeType: null } }).hasCredentials).toBe(false);
});

test('a document is known by what it sends with its requests, before the page it lies in', () => {
  const pageUrl = 'https://call.example/standup';
  const madeBy = (asks: Record<string, string>) => received({ pageUrl, requestHeaders: headers(asks) }).madeBy;
  expect(madeBy({ Origin: 'https://frame.example', Referer: 'https://other.example/' })).toBe('https://frame.example');
  expect(madeBy({ Origin: 'null', Referer: 'https://frame.example/a?b' })).toBe('https://frame.example');
  expect(madeBy({})).toBe('https://call.example');
  expect(received({ pageUrl: null }).madeBy).toBeNull();
});

test.each<[what: string, text: string, asked: [string, string][]]>([
  [
    'a form',
    'name=Ada+L&room=standup',
    [
      ['name', 'Ada L'],
      ['room', 'standup'],
    ],
  ],
  [
    'JSON',
    '{"user":{"name":"Ada"},"room":7,"flags":[true]}',
    [
      ['name', 'Ada'],
      ['room', '7'],
    ],
  ],
  ['JSON that is cut off', '{"user":', []],
  ['a long value', `{"name":"${'a'.repeat(200)}"}`, [['name', '']]],
  [
    'a list of questions',
    '[{"variables":{"name":"Ada"}},{"variables":{"name":"Bo"}}]',
    [
      ['name', 'Ada'],
      ['name', 'Bo'],
    ],
  ],
  ['a body too long for a question', `{"name":"Ada","all":"${'a'.repeat(20_000)}"}`, []],
  [
    'members called as objects are made',
    '{"__proto__":{"name":"x"},"constructor":"y"}',
    [
      ['name', 'x'],
      ['constructor', 'y'],
    ],
  ],
])('what is asked in %s is told', (_, text, asked) => {
  expect(received({ requestBody: { text, mimeType: null } }).asked).toEqual(asked);
});

test('what is asked is told of the answer alone', () => {
  const exchange = exchangeOf({ requestBody: { text: 'name=Ada', mimeType: null } });
  expect(exchangeFacts(exchange, 'sent').asked).toEqual([]);
});

test('texts of any length are cut short', () => {
  const long = 'x'.repeat(100_000);
  const facts = received({
    method: long,
    pageUrl: `https://call.example/${long}`,
    initiator: { url: `https://call.example/${long}`, line: 1 },
    requestBody: { text: Array.from({ length: 1000 }, (_, index) => `a${index}=1`).join('&'), mimeType: null },
  });
  expect(JSON.stringify(facts).length).toBeLessThan(10_000);
});
