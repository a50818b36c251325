import { expect, test } from 'vitest';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import type { Exchange } from '../../engine/model/capture.ts';
import { emptyTimeline, type Timeline } from '../../engine/timeline/timeline.ts';
import { createTrafficKeeper } from './keep-traffic.ts';

const exchange = (index: number, members: Partial<Exchange> = {}): Exchange => ({
  name: `request ${index}`,
  method: 'GET',
  url: `https://call.example/api/${index}`,
  startedAt: now + index,
  pageUrl: null,
  initiator: null,
  requestHeaders: [],
  requestBody: null,
  status: 200,
  responseHeaders: [],
  responseBody: null,
  messages: [],
  ...members,
});
const bearer = (token: string) => ({ requestHeaders: [{ name: 'authorization', value: `Bearer ${token}` }] });

/** Takes exchanges in, one after the other. */
function keep(exchanges: readonly Exchange[], keeper = createTrafficKeeper(), timeline: Timeline = emptyTimeline) {
  let known = timeline;
  for (const one of exchanges) known = { ...known, ...keeper.take(known, [one], now) };
  return known;
}

test('a token in every request is listed in the first few and counted in the others', () => {
  const token = daily.guest();
  const { traffic } = keep(Array.from({ length: 100 }, (_, index) => exchange(index, bearer(token))));
  expect(traffic.length).toBeLessThan(30);
  const counted = traffic.reduce((sum, { more }) => sum + 1 + (more?.count ?? 0), 0);
  expect(counted).toBe(100);
  expect(Math.max(...traffic.map(({ more, seenAt }) => more?.lastAt ?? seenAt ?? 0))).toBe(now + 99);
});

test('a request that is told of again adds its messages and not its address', () => {
  const token = jwt({ sub: 'ada' });
  const url = `wss://call.example/ws?token=${token}`;
  const message = (text: string) => ({ direction: 'sent', text, at: now }) as const;
  const { traffic } = keep([
    exchange(1, { url, messages: [message('hello')] }),
    exchange(1, { url, messages: [message(JSON.stringify({ token }))], isContinued: true }),
  ]);
  expect(traffic.map(({ place, more }) => [place.source, more])).toEqual([
    ['request-url', undefined],
    ['websocket-message', undefined],
  ]);
});

test('what another worker knew is counted on from', () => {
  const token = daily.guest();
  const first = keep(Array.from({ length: 50 }, (_, index) => exchange(index, bearer(token))));
  const restored = { ...first, traffic: structuredClone(first.traffic) as Timeline['traffic'] };
  const { traffic } = keep([exchange(50, bearer(token))], createTrafficKeeper(), restored);
  expect(traffic.reduce((sum, { more }) => sum + 1 + (more?.count ?? 0), 0)).toBe(51);
});

test('what is forgotten does not come back', () => {
  const keeper = createTrafficKeeper();
  const known = keep([exchange(1, bearer(jwt({ sub: 'ada' })))], keeper);
  const { traffic } = keep([exchange(2, bearer(jwt({ sub: 'bob' })))], keeper, { ...known, traffic: [] });
  expect(traffic.map(({ seenAt }) => seenAt)).toEqual([now + 2]);
});

test('more places than are listed are told of', () => {
  const tokens = Array.from({ length: 12_050 }, (_, index) => `${jwt({ sub: 'ada' })}${index.toString(36)}`);
  const { traffic, trafficProblems } = keep([
    exchange(1, { responseBody: { text: JSON.stringify(tokens), mimeType: null } }),
  ]);
  expect(traffic).toHaveLength(12_000);
  expect(trafficProblems).toMatchObject([{ code: 'many-sightings', message: expect.stringContaining('50 more') }]);
});

test('when a document began to be loaded is known by its address without the fragment', () => {
  const keeper = createTrafficKeeper();
  keep([exchange(1, { url: 'https://call.example/room', isDocument: true }), exchange(2)], keeper);
  expect(keeper.loadingSince('https://call.example/room#in')).toBe(now + 1);
  expect(keeper.loadingSince('https://call.example/api/2')).toBeNull();
});
