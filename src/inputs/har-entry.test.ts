import { expect, test } from 'vitest';
import { exchangeOf, wholeEntry } from './har-entry.ts';

const url = 'https://call.example/api';
const request = (cookies: unknown[]) => ({ request: { method: 'GET', url, headers: [], cookies }, response: {} });
const cookiesIn = (...cookies: unknown[]) => exchangeOf(wholeEntry(request(cookies)), 'request 1', null).requestCookies;

test('what a browser tells of a cookie that was sent is kept', () => {
  const expires = '2027-01-01T00:00:00.000Z';
  expect(
    cookiesIn(
      {
        name: 'session',
        value: 'a',
        domain: '.call.example',
        path: '/',
        expires,
        httpOnly: true,
        secure: true,
        sameSite: 'Lax',
      },
      { name: 'short', value: 'b', domain: 'call.example', path: '/api', expires: '', httpOnly: false, secure: false },
    ),
  ).toMatchObject([
    {
      name: 'session',
      domain: 'call.example',
      hostOnly: false,
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      session: false,
      url,
    },
    {
      name: 'short',
      domain: 'call.example',
      hostOnly: true,
      httpOnly: false,
      sameSite: 'unspecified',
      expiresAt: null,
    },
  ]);
});

test.each([
  ['names and values alone', { name: 'session', value: 'a' }],
  ['a host alone', { name: 'session', value: 'a', domain: 'call.example' }],
  [
    'attributes that are no booleans',
    { name: 'session', value: 'a', domain: 'call.example', httpOnly: 'yes', secure: 1 },
  ],
  ['no cookie', null],
])('%s tell of no attributes', (_, cookie) => {
  expect(cookiesIn(cookie)).toBeUndefined();
});

const call = (url: string, lineNumber = 0) => ({ functionName: 'join', url, lineNumber });
const exchange = (members: Record<string, unknown>) => exchangeOf(wholeEntry(members), 'entry 1', null);
const initiator = (_initiator: unknown) => exchange({ _initiator }).initiator;

test.each<[what: string, told: unknown, url: string | null, line?: number | null]>([
  ['a document', { type: 'parser', url: 'https://a.example/', lineNumber: 11 }, 'https://a.example/', 12],
  [
    'a script',
    { type: 'script', stack: { callFrames: [call('https://a.example/app.js', 4)] } },
    'https://a.example/app.js',
    5,
  ],
  [
    'a script behind code without an address',
    { stack: { callFrames: [call(''), call('https://a.example/app.js')] } },
    'https://a.example/app.js',
    1,
  ],
  [
    'a script that waited',
    { stack: { callFrames: [], parent: { callFrames: [call('https://a.example/b.js')] } } },
    'https://a.example/b.js',
    1,
  ],
  ['a script without a line', { url: 'https://a.example/app.js' }, 'https://a.example/app.js', null],
  ['the browser', { type: 'other' }, null],
  ['nothing that is told', undefined, null],
  ['what is no initiator', { stack: { callFrames: 'x', parent: 7 }, url: {} }, null],
])('a request that %s made is known by its address and line', (_, told, url, line = null) => {
  expect(initiator(told)).toEqual(url === null ? null : { url, line });
});

test('stacks within stacks are followed to a bound', () => {
  let stack: unknown = { callFrames: [call('https://a.example/app.js')] };
  for (let depth = 0; depth < 10_000; depth += 1) stack = { callFrames: [], parent: stack };
  expect(initiator({ stack })).toBeNull();
});

test('an answer was there when its time had passed', () => {
  const startedDateTime = '2026-11-26T20:00:00.500Z';
  const start = Date.parse(startedDateTime) / 1000;
  expect(exchange({ startedDateTime, time: 1500 })).toMatchObject({ startedAt: start, endedAt: start + 1.5 });
  expect(exchange({ startedDateTime, time: -1 }).endedAt).toBeNull();
  expect(exchange({ time: 1500 }).endedAt).toBeNull();
});

test('an answer from the cache is known as one', () => {
  expect(exchange({ _fromCache: 'disk' }).isFromCache).toBe(true);
  expect(exchange({}).isFromCache).toBeUndefined();
});
