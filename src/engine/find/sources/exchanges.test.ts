import { expect, test } from 'vitest';
import { cookieOf, exchangeOf } from '../../../../test/builders/captures.ts';
import { chimeJoinToken, opentokT1 } from '../../../../test/builders/other-tokens.ts';
import { base64url, daily, now } from '../../../../test/builders/tokens.ts';
import { find } from '../../inspect.ts';
import { type Capture, type Exchange, emptyCapture } from '../../model/capture.ts';
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
    'request header without a scheme',
    { requestHeaders: [{ name: 'x-opentok-auth', value: token }] },
    'request-header',
    'entry 3: request header x-opentok-auth',
  ],
  [
    'sub-protocol of a socket',
    { requestHeaders: [{ name: 'Sec-WebSocket-Protocol', value: `graphql-ws, ${token}` }] },
    'request-header',
    'entry 3: request header Sec-WebSocket-Protocol',
  ],
  [
    'sub-protocol that has a prefix',
    { requestHeaders: [{ name: 'sec-websocket-protocol', value: `realtime, openai-insecure-api-key.${token},v1` }] },
    'request-header',
    'entry 3: request header sec-websocket-protocol',
  ],
  [
    'sub-protocol in base64',
    {
      requestHeaders: [
        {
          name: 'sec-websocket-protocol',
          value: `base64url.bearer.authorization.k8s.io.${base64url(token)}, base64.binary.k8s.io`,
        },
      ],
    },
    'request-header',
    'entry 3: request header sec-websocket-protocol',
  ],
  [
    'sub-protocol that says in JSON what headers would',
    {
      requestHeaders: [
        {
          name: 'sec-websocket-protocol',
          value: `graphql-ws, header-${base64url(JSON.stringify({ Authorization: token }))}`,
        },
      ],
    },
    'request-header',
    'entry 3: request header sec-websocket-protocol',
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

const join = chimeJoinToken();
test.each<[string, Partial<Exchange>, string, number]>([
  [
    'the answer that gives it out',
    { responseBody: { text: JSON.stringify({ Attendee: { JoinToken: join } }), mimeType: 'application/json' } },
    'response-body',
    26,
  ],
  [
    'the sub-protocol',
    { requestHeaders: [{ name: 'sec-websocket-protocol', value: `_aws_wt_session, ${join}` }] },
    'request-header',
    17,
  ],
  ['the header', { requestHeaders: [{ name: 'authorization', value: `Bearer ${join}` }] }, 'request-header', 7],
])('a join token of Amazon Chime is found in %s', (_, change, source, offset) => {
  const found = find({ ...emptyCapture(now), exchanges: [{ ...exchange, ...change }] }).sightings;
  expect(found).toMatchObject([{ token: join, form: 'chime-join-token', note: null, offset, place: { source } }]);
});

test('what else stands behind such a word counts, and other words count for nothing', () => {
  const notedIn = (value: string) =>
    find({
      ...emptyCapture(now),
      exchanges: [{ ...exchange, requestHeaders: [{ name: 'sec-websocket-protocol', value }] }],
    }).sightings.map((sighting) => sighting.token);
  const random = 'c2VjcmV0IG9mIG5vYm9keSBhdCBhbGw5Mw';
  expect(notedIn(`_aws_wt_session,${random}`)).toEqual([random]);
  expect(notedIn(`${random}, _aws_wt_session`)).toEqual([]);
  expect(notedIn(`graphql-transport-ws, ${random}`)).toEqual([]);
});

const form = (text: string): Partial<Exchange> => ({
  requestBody: { text, mimeType: 'application/x-www-form-urlencoded' },
});
const inParts = (text: string, boundary: string): Partial<Exchange> => ({
  requestBody: { text, mimeType: `multipart/form-data; boundary=${boundary}` },
});

test.each<[string, Partial<Exchange>]>([
  ['the path of a fragment that asks for more', { url: `https://api.example/#/join/${token}?guest=1` }],
  ['the name of a parameter', { url: `https://api.example/?${token}=` }],
  ['an address without a server', { url: `data:,${token}` }],
  ['an address without a server that has slashes later', { url: `data:application/json,{"t":"${token}","u":"//"}/` }],
  ['the name of a form field', form(`a=b&${token}=1`)],
  ['JSON that is called a form', form(JSON.stringify({ token, padded: 'YQ==', more: 'a=b&c' }))],
  ['a body of parts whose boundary is another', inParts(multipart, 'YY')],
  ['a body that is called parts and is none', inParts(JSON.stringify({ token }), 'XX')],
  ['the head of a part', inParts(`--XX\r\nAuthorization: Bearer ${token}\r\n\r\nGET /me\r\n--XX--`, 'XX')],
])('finds a token in %s', (_, change) => {
  expect(sightings(change)).toHaveLength(1);
});

test('a token with signs of its own between name and value is found whole', () => {
  const opentok = opentokT1();
  const foundIn = (change: Partial<Exchange>) =>
    find({ ...emptyCapture(now), exchanges: [{ ...exchange, ...change }] }).sightings.map((one) => one.token);
  expect(foundIn({ url: `https://api.example/?${opentok}` })).toEqual([opentok]);
  expect(foundIn(form(opentok))).toEqual([opentok]);
  expect(foundIn(form(JSON.stringify({ token: opentok })))).toEqual([opentok]);
  expect(foundIn(form(`token=${opentok}`))).toEqual([opentok]);
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

test('messages that were told of before are counted, and events of a stream called so', () => {
  const messages = [{ direction: 'received' as const, text: token, at: now - 3 }];
  expect(sightings({ messages, messagesBefore: 7 })[0]?.place.label).toBe('entry 3: WebSocket message 8, received');
  expect(sightings({ messages, isEventStream: true })[0]?.place.label).toBe(
    'entry 3: event stream message 1, received',
  );
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

test('an address of which only the page itself tells says so', () => {
  const token = daily.guest();
  const url = `https://api.call.example/join?token=${token}`;
  const exchanges = [exchangeOf({ name: 'earlier request 3', method: '', url, status: null, isRecordedByPage: true })];
  expect(find({ ...emptyCapture(now), exchanges }).sightings).toMatchObject([
    {
      token,
      place: {
        label: 'earlier request 3: request URL in the page’s own record ?token',
        readBy: 'page',
        source: 'request-url',
      },
    },
  ]);
});
