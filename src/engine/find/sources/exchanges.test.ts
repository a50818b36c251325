import { expect, test } from 'vitest';
import { cookieOf, exchangeOf } from '../../../../test/builders/captures.ts';
import { daily, now } from '../../../../test/builders/tokens.ts';
import { find } from '../../inspect.ts';
import type { Capture, Exchange } from '../../model/capture.ts';
import { parseSetCookie } from './parse-set-cookie.ts';

const token = daily.guest();
const exchange = exchangeOf({
  name: 'entry 3',
  url: 'https://api.example/join',
  startedAt: now - 5,
  pageUrl: 'https://call.example/',
});

function sightings(change: Partial<Exchange>) {
  const capture: Capture = {
    readAt: now,
    page: null,
    frames: [],
    stores: [],
    cookies: [],
    texts: [],
    problems: [],
    exchanges: [{ ...exchange, ...change }],
  };
  return find(capture).sightings.filter((sighting) => sighting.token === token);
}

const multipart = [
  '--XX\r\nContent-Disposition: form-data; name="room"\r\n\r\nstandup\r\n',
  `--XX\r\nContent-Disposition: form-data; name="token"\r\n\r\n${token}\r\n--XX--\r\n`,
].join('');

test.each<[string, Partial<Exchange>, string, string]>([
  ['request URL', { url: `https://api.example/join?t=${token}` }, 'request-url', 'entry 3: request URL ?t'],
  [
    'request header',
    { requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }] },
    'request-header',
    'entry 3: request header Authorization',
  ],
  [
    'cookie sent',
    { requestHeaders: [{ name: 'Cookie', value: `a=1; session=${token}; b=2` }] },
    'request-header',
    'entry 3: request header Cookie "session"',
  ],
  [
    'cookie sent in pieces',
    { requestHeaders: [{ name: 'cookie', value: `s.1=${token.slice(99)}; s.0=${token.slice(0, 99)}` }] },
    'request-header',
    'entry 3: request header cookie "s"',
  ],
  [
    'form field',
    { requestBody: { text: `a=b&token=${token}`, mimeType: 'application/x-www-form-urlencoded; charset=utf-8' } },
    'request-body',
    'entry 3: request body field "token"',
  ],
  [
    'part of a multipart body',
    { requestBody: { text: multipart, mimeType: 'multipart/form-data; boundary=XX' } },
    'request-body',
    'entry 3: request body field "token"',
  ],
  [
    'GraphQL body',
    {
      requestBody: {
        text: JSON.stringify({ query: 'mutation ($t: String!) { join(t: $t) }', variables: { t: token } }),
        mimeType: 'application/json',
      },
    },
    'request-body',
    'entry 3: request body',
  ],
  [
    'cookie set',
    { responseHeaders: [{ name: 'Set-Cookie', value: `session=${token}; Path=/; HttpOnly` }] },
    'response-header',
    'entry 3: response header Set-Cookie "session"',
  ],
  [
    'cookie set in pieces',
    {
      responseHeaders: [
        { name: 'set-cookie', value: `s.0=${token.slice(0, 99)}; Path=/` },
        { name: 'set-cookie', value: `s.1=${token.slice(99)}; Path=/` },
      ],
    },
    'response-header',
    'entry 3: response header set-cookie "s"',
  ],
  [
    'redirect',
    { responseHeaders: [{ name: 'Location', value: `https://call.example/?t=${token}` }] },
    'response-header',
    'entry 3: response header Location',
  ],
  [
    'response body',
    { responseBody: { text: JSON.stringify({ token }), mimeType: 'application/json' } },
    'response-body',
    'entry 3: response body',
  ],
])('finds a token in a %s', (_, change, source, label) => {
  const [sighting, ...more] = sightings(change);
  expect(more).toEqual([]);
  expect(sighting?.place).toMatchObject({ source, label, origin: 'https://api.example' });
  expect(sighting?.seenAt).toBe(now - 5);
});

test('finds a token in a WebSocket message, with its own time', () => {
  const [sighting] = sightings({
    url: 'wss://api.example/socket',
    messages: [
      { direction: 'received', text: 'hello', at: now - 3 },
      { direction: 'sent', text: JSON.stringify({ token }), at: now - 2 },
    ],
  });
  expect(sighting?.place).toMatchObject({
    source: 'websocket-message',
    label: 'entry 3: WebSocket message 2, sent',
    traits: { sentToServers: true },
  });
  expect(sighting?.seenAt).toBe(now - 2);
});

test('reads the attributes of a cookie that is set', () => {
  const header = `session=${token}; Domain=.Call.example; Path=/a; Max-Age=60; Secure; HttpOnly; SameSite=None`;
  expect(parseSetCookie(header, 'https://www.call.example/', now)).toMatchObject({
    name: 'session',
    value: token,
    domain: 'call.example',
    hostOnly: false,
    path: '/a',
    secure: true,
    httpOnly: true,
    sameSite: 'none',
    session: false,
    expiresAt: now + 60,
  });
  expect(parseSetCookie('nonsense', 'not a URL', null)).toBeNull();
  expect(parseSetCookie('a=b', 'not a URL', null)).toMatchObject({ domain: null, session: true, httpOnly: false });
});

test('a cookie that was sent lies as its attributes tell, where the browser told them', () => {
  const placesOf = (value: string) =>
    sightings({
      requestHeaders: [{ name: 'cookie', value: `session=${token}` }],
      requestCookies: [cookieOf('session', value, { httpOnly: true, session: false })],
    }).map(({ place: { cookie, traits } }) => [cookie?.httpOnly, traits.readableByScripts, traits.keptAfterClosing]);
  expect(placesOf(token)).toEqual([[true, false, true]]);
  expect(placesOf('another of that name')).toEqual([[undefined, null, null]]);
});
