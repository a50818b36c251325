import { expect, test } from 'vitest';
import { exchangeOf } from '../../../test/builders/captures.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import type { Exchange } from '../../engine/model/capture.ts';
import { lastMet } from '../../engine/model/presence.ts';
import { emptyTraffic, type KnownTraffic } from '../../engine/timeline/timeline.ts';
import { createTrafficKeeper } from './keep-traffic.ts';

const exchange = (index: number, members: Partial<Exchange> = {}): Exchange =>
  exchangeOf({
    name: `request ${index}`,
    url: `https://call.example/api/${index}`,
    startedAt: now + index,
    ...members,
  });
const bearer = (token: string) => ({ requestHeaders: [{ name: 'authorization', value: `Bearer ${token}` }] });

/** Takes exchanges in, one after the other. */
function keep(exchanges: readonly Exchange[], take = createTrafficKeeper(), known: KnownTraffic = emptyTraffic) {
  return exchanges.reduce((traffic, one) => take(traffic, [one], now), known);
}

const timesIn = ({ sightings }: KnownTraffic) => sightings.reduce((sum, { more }) => sum + 1 + (more?.count ?? 0), 0);

test('a token in every request is listed in the first few and counted in the others', () => {
  const token = daily.guest();
  const traffic = keep(Array.from({ length: 100 }, (_, index) => exchange(index, bearer(token))));
  expect(traffic.sightings.length).toBeLessThan(30);
  expect(timesIn(traffic)).toBe(100);
  expect(Math.max(...traffic.sightings.map((sighting) => lastMet(sighting) ?? 0))).toBe(now + 99);
});

test('a request that is told of again adds its messages and not its address', () => {
  const token = jwt({ sub: 'ada' });
  const url = `wss://call.example/ws?token=${token}`;
  const message = (text: string) => ({ direction: 'sent', text, at: now }) as const;
  const { sightings } = keep([
    exchange(1, { url, messages: [message('hello')] }),
    exchange(1, { url, messages: [message(JSON.stringify({ token }))], isContinued: true }),
  ]);
  expect(sightings.map(({ place, more }) => [place.source, more])).toEqual([
    ['request-url', undefined],
    ['websocket-message', undefined],
  ]);
});

test('headers of an answer that are told again, with others, count once', () => {
  const [early, late] = [jwt({ sub: 'early' }), jwt({ sub: 'late' })];
  const location = { name: 'location', value: `/?t=${early}` };
  const { sightings } = keep([
    exchange(1, { status: 302, responseHeaders: [location] }),
    exchange(1, {
      status: 302,
      responseHeaders: [location, { name: 'set-cookie', value: `s=${late}` }],
      isContinued: true,
    }),
  ]);
  expect(sightings.map(({ token, more }) => [token, more])).toEqual([
    [early, undefined],
    [late, undefined],
  ]);
});

test('a socket that waited for its connection has sent nothing until it has one', () => {
  const token = daily.guest();
  const url = `wss://call.example/ws?token=${token}`;
  const waiting = exchange(1, { url, startedAt: null, status: null, isUnsent: true });
  const facts = (traffic: KnownTraffic) =>
    traffic.sightings.map(({ seenAt, place }) => [seenAt, place.exchange?.isUnsent, place.exchange?.status]);
  expect(facts(keep([waiting]))).toEqual([[null, true, null]]);
  const opened = exchange(1, { url, startedAt: now + 5, status: 101, isContinued: true });
  expect(facts(keep([waiting, opened]))).toEqual([[now + 5, undefined, 101]]);
});

test('what a service worker answered counts as sent once all of it was seen to be sent on', () => {
  const answered = exchange(1, { ...bearer(jwt({ sub: 'ada' })), isFromWorker: true });
  const facts = (traffic: KnownTraffic) => traffic.sightings.map(({ place }) => place.exchange?.isFromWorker);
  expect(facts(keep([answered]))).toEqual([true]);
  const sentOn = { status: 200, isContinued: true } as const;
  expect(facts(keep([answered, exchange(1, { ...sentOn, isFromWorker: true })]))).toEqual([true]);
  expect(facts(keep([answered, exchange(1, sentOn)]))).toEqual([undefined]);
});

test('an answer that comes late leaves what is known of other requests as it was', () => {
  const take = createTrafficKeeper();
  const other = exchange(1, bearer(jwt({ sub: 'ada' })));
  const waiting = exchange(2, { status: null, ...bearer(jwt({ sub: 'bob' })) });
  const before = keep([other, waiting], take);
  const answer = exchange(2, { status: 200, isContinued: true });
  const after = take(before, [answer], now);
  expect(after.sightings[0]).toBe(before.sightings[0]);
  expect(after.sightings[1]?.place.exchange?.status).toBe(200);
});

test('what another worker knew is counted on from', () => {
  const token = daily.guest();
  const first = keep(Array.from({ length: 50 }, (_, index) => exchange(index, bearer(token))));
  expect(timesIn(keep([exchange(50, bearer(token))], createTrafficKeeper(), structuredClone(first)))).toBe(51);
});

test('what is forgotten does not come back', () => {
  const take = createTrafficKeeper();
  keep([exchange(1, bearer(jwt({ sub: 'ada' })))], take);
  const { sightings } = keep([exchange(2, bearer(jwt({ sub: 'bob' })))], take);
  expect(sightings.map(({ seenAt }) => seenAt)).toEqual([now + 2]);
});

const most = 100;

/** One exchange whose answer holds so many tokens. */
function manyAt(number: number, count: number) {
  const texts = Array.from({ length: count }, (_, index) => `${jwt({ sub: 'ada' })}${index.toString(36)}`);
  return { texts, one: exchange(number, { responseBody: { text: JSON.stringify(texts), mimeType: null } }) };
}

test('of more places than are listed at once, the others are counted', () => {
  const { sightings, leftOut } = keep([manyAt(1, most + 5).one], createTrafficKeeper(most));
  expect(sightings).toHaveLength(most);
  expect(leftOut).toBe(5);
});

test('where the list is full, what is gone makes room first, then the oldest', () => {
  const { texts, one } = manyAt(1, most);
  const many = keep([one]);
  const [first, second] = texts as [string, string];
  const sightings = many.sightings.map((sighting) => ({
    ...sighting,
    seenAt: sighting.token === first ? now : now + 10,
    goneAt: sighting.token === second ? now + 20 : null,
  }));
  const newest = daily.guest();
  const traffic = keep([exchange(30, bearer(newest))], createTrafficKeeper(most), { ...many, sightings });
  const listed = new Set(traffic.sightings.map(({ token }) => token));
  expect(listed).toHaveLength(most * 0.75 + 1);
  expect([newest, first, second].map((token) => listed.has(token))).toEqual([true, false, false]);
  expect(traffic.leftOut).toBe(most * 0.25);
});

test('when a document was asked for is known by its address without the fragment, and where a redirect led', () => {
  const { loads } = keep([
    exchange(1, {
      url: 'https://id.example/in?to=room',
      status: 302,
      responseHeaders: [{ name: 'location', value: '//call.example/room#token' }],
      isDocument: true,
    }),
    exchange(2, { url: 'https://call.example/room', isDocument: true }),
    exchange(3),
  ]);
  expect(loads).toEqual([
    { name: 'request 1', url: 'https://id.example/in?to=room', to: 'https://call.example/room', at: now + 1 },
    { name: 'request 2', url: 'https://call.example/room', to: null, at: now + 2 },
  ]);
});

test('an answer that comes later is told of what was found in the request', () => {
  const { sightings: traffic } = keep([
    exchange(1, { ...bearer(daily.guest()), status: null }),
    exchange(1, {
      isContinued: true,
      responseHeaders: [{ name: 'Cache-Control', value: 'no-store' }],
      responseBody: { text: daily.host(), mimeType: null },
    }),
  ]);
  expect(traffic.map(({ place: { exchange: told } }) => [told?.direction, told?.status, told?.reply?.keptBy])).toEqual([
    ['sent', 200, 'nobody'],
    ['received', 200, 'nobody'],
  ]);
});

test('who asked, and for what, is known of an answer that comes later', () => {
  const { sightings: traffic } = keep([
    exchange(1, {
      status: null,
      requestHeaders: [
        { name: 'Host', value: 'call.example' },
        { name: 'Origin', value: 'https://frame.example' },
      ],
      requestBody: { text: '{"name":"ada"}', mimeType: 'application/json' },
    }),
    exchange(1, { isContinued: true, responseBody: { text: daily.guest(), mimeType: null } }),
  ]);
  expect(traffic.map(({ place: { exchange: told } }) => told)).toMatchObject([
    { madeBy: 'https://frame.example', hasCredentials: false, asked: [['name', 'ada']] },
  ]);
});

test('of requests that are answered late, no more are listed than of others', () => {
  const token = daily.guest();
  const slow = (index: number) => [
    exchange(index, { ...bearer(token), url: 'https://call.example/poll', status: null }),
    exchange(index, { url: 'https://call.example/poll', isContinued: true }),
  ];
  const { sightings: traffic } = keep(Array.from({ length: 50 }, (_, index) => slow(index)).flat());
  expect(traffic).toHaveLength(3);
  expect(traffic.reduce((sum, { more }) => sum + 1 + (more?.count ?? 0), 0)).toBe(50);
});

test.each([
  ['later', 1],
  ['together with it', 3],
])('a request shows who asks, also where the header that says so is told %s', (_, size) => {
  const token = daily.guest();
  const take = createTrafficKeeper();
  const told = [
    exchange(1, {
      status: null,
      requestHeaders: [
        { name: 'accept', value: '*/*' },
        { name: 'host', value: 'call.example' },
      ],
    }),
    exchange(1, { requestHeaders: [{ name: 'cookie', value: 'session=abc' }], status: null, isContinued: true }),
    exchange(1, { responseBody: { text: JSON.stringify({ token }), mimeType: null }, isContinued: true }),
  ];
  const batches = size === 1 ? told.map((one) => [one]) : [told];
  const { sightings } = batches.reduce((traffic, batch) => take(traffic, batch, now), emptyTraffic);
  expect(sightings.map(({ place }) => place.exchange?.hasCredentials)).toEqual([true]);
});
