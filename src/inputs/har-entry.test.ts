import { expect, test } from 'vitest';
import { readInput } from '../../test/builders/read-input.ts';
import { daily } from '../../test/builders/tokens.ts';
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

const wire = [{ name: 'Host', value: 'call.example' }];

test.each<[what: string, error: string | null, headers: unknown[], isUnsent: boolean]>([
  ['was blocked by an extension', 'net::ERR_BLOCKED_BY_CLIENT', [], true],
  ['found no server', 'net::ERR_NAME_NOT_RESOLVED', [], true],
  ['was not let go by its preflight', 'net::ERR_FAILED', [{ name: 'authorization', value: 'x' }], true],
  ['may not be read when it is answered', 'net::ERR_FAILED', wire, false],
  ['was forbidden by a policy of the page', '', [{ name: 'Referer', value: url }], true],
  ['has an error without a name, and headers of the wire', '', wire, false],
  ['was aborted', 'net::ERR_ABORTED', wire, false],
  ['waits for its answer', null, [], false],
])('of a request that %s it is told whether it left the browser', (_, error, headers, isUnsent) => {
  const { isUnsent: told = false } = exchange({ request: { url, headers }, response: { status: 0, _error: error } });
  expect(told).toBe(isUnsent);
});

test.each(['network', 'cache-storage', 'fallback-code'])(
  'what a service worker answered from %s is told as answered by it',
  (source) => {
    const response = { status: 200, _fetchedViaServiceWorker: true, _serviceWorkerResponseSource: source };
    expect(exchange({ request: { url, headers: [] }, response }).isFromWorker).toBe(true);
    expect(exchange({ request: { url, headers: [] }, response: { status: 200 } }).isFromWorker).toBeUndefined();
  },
);

test('a socket that waits for its connection has sent nothing', () => {
  const socket = { _resourceType: 'websocket', startedDateTime: '1969-12-31T23:59:59.000Z' };
  expect(exchange({ ...socket, request: { url: 'wss://call.example/', headers: [] } }).isUnsent).toBe(true);
  const opened = { ...socket, startedDateTime: '2026-11-26T12:00:00.000Z' };
  expect(exchange({ ...opened, request: { url: 'wss://call.example/', headers: [] } }).isUnsent).toBeUndefined();
});

test('the headers of an answer are there before its body', () => {
  const timed = (receive: number) =>
    exchange({ startedDateTime: '2026-11-26T12:00:00.000Z', time: 3000, timings: { receive } }).answeredAt;
  const start = Date.parse('2026-11-26T12:00:00.000Z') / 1000;
  expect(timed(2000)).toBe(start + 1);
  expect([timed(-1), timed(9000)]).toEqual([undefined, undefined]);
});

const bearer = 'Bearer abc';
const headersOf = (headers: unknown, part: 'request' | 'response' = 'request', more: object = {}) => {
  const exchange = exchangeOf(
    wholeEntry({ request: { url, method: 'GET' }, [part]: { url, headers, ...more } }),
    'request 1',
    null,
  );
  return part === 'request' ? exchange.requestHeaders : exchange.responseHeaders;
};

test.each<[what: string, headers: unknown]>([
  ['HAR 1.2', [{ name: 'Authorization', value: bearer }]],
  ['WebDriver BiDi', [{ name: 'Authorization', value: { type: 'string', value: bearer } }]],
  ['WebDriver BiDi, in base64', [{ name: 'Authorization', value: { type: 'base64', value: btoa(bearer) } }]],
  ['an object', { Authorization: bearer }],
  ['an object of lists', { Authorization: [bearer] }],
  ['pairs', [['Authorization', bearer]]],
  ['lines', [`Authorization: ${bearer}`]],
  ['one text', `Authorization: ${bearer}\r\n`],
])('headers are read as %s writes them', (_, headers) => {
  for (const part of ['request', 'response'] as const)
    expect(headersOf(headers, part)).toEqual([{ name: 'Authorization', value: bearer }]);
});

test('headers that are none of these are left out or kept as they stand, and nothing throws', () => {
  for (const odd of [
    null,
    7,
    'text',
    [null],
    [7],
    [[]],
    [{}],
    { a: null },
    { a: { type: 'base64', value: 7 } },
    ['none'],
  ])
    expect(() => headersOf(odd)).not.toThrow();
  expect(headersOf(['no colon'])).toEqual([{ name: '', value: 'no colon' }]);
});

test('cookies of an answer stand in for its header where that was dropped', () => {
  const cookies = [
    {
      name: 'auth',
      value: { type: 'string', value: 'abc' },
      path: '/',
      domain: 'call.example',
      expires: '2026-12-01T00:00:00Z',
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
    },
    { name: 'plain', value: 'def' },
  ];
  const { responseHeaders, responseCookies } = exchangeOf(
    wholeEntry({ request: { url }, response: { headers: [], cookies } }),
    'request 1',
    null,
  );
  expect(responseHeaders).toEqual([]);
  expect(responseCookies).toMatchObject([
    {
      name: 'auth',
      value: 'abc',
      domain: 'call.example',
      hostOnly: true,
      httpOnly: true,
      secure: true,
      sameSite: 'lax',
      session: false,
      expiresAt: 1_796_083_200,
    },
    {
      name: 'plain',
      value: 'def',
      domain: 'call.example',
      httpOnly: null,
      secure: null,
      sameSite: null,
      session: null,
    },
  ]);
  const told = [{ name: 'set-cookie', value: 'auth=abc; Secure' }];
  expect(headersOf(told, 'response', { cookies })).toEqual(told);
});

test('of a cookie that a header tells of the header counts, and what nothing tells is not known', async () => {
  const token = daily.guest();
  const answered = (headers: object[], cookie: object) =>
    readInput(
      JSON.stringify({
        log: {
          creator: { name: 'x' },
          entries: [
            {
              startedDateTime: '2026-11-26T20:00:00.500Z',
              request: { method: 'GET', url, headers: [] },
              response: { status: 200, headers, cookies: [{ name: 'auth', value: token, ...cookie }] },
            },
          ],
        },
      }),
    );
  const cookies = async (headers: object[], cookie: object) =>
    (await answered(headers, cookie)).sightings.map(({ place: { source, key, cookie, traits } }) => [
      source,
      key,
      cookie?.secure,
      cookie?.httpOnly,
      traits.readableByScripts,
    ]);
  const known = ['response-header', 'auth', true, true, false];
  // A writer that decodes values, and one that knows no more than false.
  const header = { name: 'Set-Cookie', value: `auth=${token.replaceAll('.', '%2E')}; HttpOnly; Secure` };
  expect(await cookies([header], { secure: false, httpOnly: false })).toEqual([known, known]);
  expect(await cookies([], {})).toEqual([['response-header', 'auth', null, null, null]]);
  expect(await cookies([], { secure: false, httpOnly: true })).toEqual([
    ['response-header', 'auth', false, true, false],
  ]);
});

test.each<[writer: string, members: object]>([
  [
    'Chrome',
    {
      _webSocketMessages: [
        { type: 'send', time: 1, opcode: 1, data: 'a' },
        { type: 'receive', time: 2, opcode: 2, data: btoa('b') },
      ],
    },
  ],
  [
    'another, by letters',
    {
      _websocketMessages: [
        { type: 'sent', data: 'a' },
        { type: 'received', data: 'b' },
      ],
    },
  ],
  [
    'another, by direction',
    {
      webSocketMessages: [
        { direction: 'outgoing', payload: 'a' },
        { direction: 'incoming', payload: 'b' },
      ],
    },
  ],
  [
    'a proxy',
    {
      _webSocketMessages: [
        { fromClient: true, text: 'a' },
        { fromClient: false, text: 'b' },
      ],
    },
  ],
])('messages of sockets are read as %s writes them', (_, members) => {
  const { messages } = exchangeOf(wholeEntry({ request: { url }, response: {}, ...members }), 'request 1', null);
  expect(messages.map(({ direction, text }) => [direction, text])).toEqual([
    ['sent', 'a'],
    ['received', 'b'],
  ]);
});
