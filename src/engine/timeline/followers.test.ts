import { expect, test } from 'vitest';
import { answerWith, headersOf } from '../../../test/builders/answers.ts';
import { captureOf, exchangeOf, localStorageOf } from '../../../test/builders/captures.ts';
import { dailyHost, dailyToken, livekitToken } from '../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../audit/policy/policies.ts';
import { createInspector, find, inspect } from '../inspect.ts';
import type { Capture, Exchange } from '../model/capture.ts';
import { goneFromSight, goneSince } from '../model/presence.ts';
import type { Sighting } from '../model/token.ts';
import { countRepeats } from './count-repeats.ts';
import { renewals } from './renewals.ts';

const version = (number: number, changes = {}) => dailyToken({ ud: 'ada', exp: now + hours(number), ...changes });
const [first, second, third] = [version(1), version(2), version(3)];

/** A reply that brings a token so many seconds after the start. */
const reply = (token: string, at: number, parts: Partial<Exchange> = {}): Partial<Exchange> =>
  answerWith(token, {}, { startedAt: now + at - 0.5, endedAt: now + at, ...parts });
const use = (token: string, at: number, parts: Partial<Exchange> = {}): Partial<Exchange> => ({
  url: 'https://api.daily.co/rooms',
  startedAt: now + at,
  requestHeaders: headersOf({ Authorization: `Bearer ${token}` }),
  ...parts,
});

function seen(exchanges: readonly Partial<Exchange>[], rest: Partial<Capture> = {}): Sighting[] {
  const numbered = exchanges.map((one, index) => exchangeOf({ name: `request ${index + 1}`, ...one }));
  const repeats = countRepeats();
  for (const one of find(captureOf({ page: null, ...rest, exchanges: numbered })).sightings) repeats.add(one);
  return repeats.sightings();
}

const reportOf = (sightings: readonly Sighting[]) => inspect(sightings, { now, policy: standard });

/** Texts of the versions before each token that has any, the latest first. */
function versionsIn(sightings: readonly Sighting[]): string[][] {
  const { subjects } = reportOf(sightings);
  const textOf = (id: string) => subjects.find(({ token }) => token.id === id)?.token.text ?? '';
  return [...renewals(subjects)].map(([id, versions]) => [textOf(id), ...versions.map(({ token }) => token.text)]);
}
const versionsOf = (...exchanges: Partial<Exchange>[]) => versionsIn(seen(exchanges));

test('tokens that come by the same reply, one after the other, are versions of one that only memory holds', () => {
  expect(
    versionsOf(
      reply(first, 1),
      use(first, 2),
      reply(second, 10, { url: 'https://api.acme.com/token?fresh=1' }),
      use(second, 11),
      use(second, 12),
      reply(third, 20),
      use(third, 21),
    ),
  ).toEqual([[third, second, first]]);
});

test('the earlier one is gone as far as it is inferred, which is told apart from what was seen, and counts no more', () => {
  const { subjects, summary } = reportOf(seen([reply(first, 1), use(first, 2), reply(second, 10), use(second, 11)]));
  const [before, after] = [first, second].map((text) => subjects.find(({ token }) => token.text === text));
  if (!before || !after) throw new Error('both were expected');
  expect(before.followed).toEqual({ by: after.token.id, at: now + 10 });
  expect([before.replacedBy, after.replaces]).toEqual([undefined, undefined]);
  expect([goneSince(before), goneFromSight(before.sightings), goneSince(after)]).toEqual([now + 10, null, null]);
  expect([summary.tokens, summary.gone]).toEqual([1, 1]);
});

test('the request that asks for the next one may carry the one before', () => {
  const asking = { requestHeaders: headersOf({ Authorization: `Bearer ${first}` }), url: 'https://api.acme.com/token' };
  expect(versionsOf(reply(first, 1), reply(second, 10, asking))).toEqual([[second, first]]);
});

test('a message of a socket and a cookie in a reply are such places, too', () => {
  const socket = (token: string, at: number): Partial<Exchange> => ({
    url: 'wss://api.acme.com/rtc',
    status: 101,
    startedAt: now,
    messages: [{ direction: 'received', text: JSON.stringify({ refresh: token }), at: now + at }],
  });
  expect(versionsOf(socket(first, 1), socket(second, 9))).toEqual([[second, first]]);
  const cookie = (token: string, at: number): Partial<Exchange> => ({
    url: 'https://api.acme.com/session',
    startedAt: now + at,
    responseHeaders: headersOf({ 'Set-Cookie': `sid=${token}; HttpOnly` }),
  });
  expect(versionsOf(cookie(first, 1), cookie(second, 9))).toEqual([[second, first]]);
});

test('the tokens of two participants that one address hands out are each followed by their own', () => {
  const [ada, bob, adaNext, bobNext] = [
    version(1),
    version(1, { ud: 'bob' }),
    version(2),
    version(2, { ud: 'bob' }),
  ] as const;
  expect(versionsOf(reply(ada, 1), reply(bob, 2))).toEqual([]);
  expect(versionsOf(reply(ada, 1), reply(bob, 2), reply(adaNext, 10), reply(bobNext, 11))).toEqual([
    [adaNext, ada],
    [bobNext, bob],
  ]);
});

test.each<[what: string, before: string, after: string]>([
  ['of another room', first, version(2, { r: 'retro' })],
  ['of every room', first, version(2, { r: undefined })],
  ['of another role', first, dailyHost({ ud: 'ada', exp: now + hours(2) })],
  ['of another platform', first, livekitToken({}, { sub: 'ada' })],
  ['of another account', first, version(2, { d: 'another' })],
  [
    'of another issuer',
    jwt({ iss: 'https://a.example', sub: 'ada', exp: now + hours(1) }),
    jwt({ iss: 'https://b.example', sub: 'ada', exp: now + hours(1) }),
  ],
  [
    'for another use',
    jwt({ sub: 'ada', typ: 'Refresh', exp: now + hours(1) }),
    jwt({ sub: 'ada', typ: 'Bearer', exp: now + hours(1) }),
  ],
  ['where neither says whose it is', version(1, { ud: undefined }), version(2, { ud: undefined })],
])('a token %s follows none, though it came by the same reply', (_, before, after) => {
  expect(versionsOf(reply(before, 1), reply(after, 10))).toEqual([]);
});

test.each<[what: string, parts: Partial<Exchange>]>([
  ['another address', { url: 'https://api.acme.com/join' }],
  ['another server', { url: 'https://api.other.net/token' }],
  ['another member of the body', { responseBody: { text: JSON.stringify({ next: second }), mimeType: null } }],
])('a token that came by %s follows none', (_, parts) => {
  expect(versionsOf(reply(first, 1), reply(second, 10, parts))).toEqual([]);
});

test.each<[what: string, exchanges: Partial<Exchange>[]]>([
  ['used alternately', [use(first, 11), use(second, 12), use(first, 13)]],
  ['used alternately, and counted', Array.from({ length: 20 }, (_, at) => use(at % 2 ? first : second, 11 + at))],
  ['handed out alternately', [reply(first, 12)]],
  ['used with the earlier one still, once', [use(second, 11), use(first, 12)]],
])('two tokens that are %s are two', (_, exchanges) => {
  expect(versionsOf(reply(first, 1), use(first, 2), reply(second, 10), ...exchanges)).toEqual([]);
});

test('two tokens of one reply, or of one moment, do not follow one another', () => {
  const list = { responseBody: { text: JSON.stringify({ tokens: [first, second] }), mimeType: null } };
  expect(versionsOf(reply(first, 1, list))).toEqual([]);
  expect(versionsOf(reply(first, 1), reply(second, 1))).toEqual([]);
});

test('what was inferred is taken back once a request carries the earlier one again', () => {
  const again = createInspector();
  const inspected = (...exchanges: Partial<Exchange>[]) => again(seen(exchanges), { now, policy: standard });
  const before = [reply(first, 1), use(first, 2), reply(second, 10)];
  expect(inspected(...before).summary.tokens).toBe(1);
  const after = inspected(...before, use(first, 30));
  expect(after.summary.tokens).toBe(2);
  expect(after.subjects.map(({ followed }) => followed)).toEqual([undefined, undefined]);
  expect(inspected(...before).summary.tokens).toBe(1);
});

test('a token that lies somewhere can be used from there, and follows by its place where one took it', () => {
  const stored = (token: string) => ({ stores: [localStorageOf({ auth: token }, 'https://call.acme.com')] });
  expect(versionsIn(seen([reply(first, 1), reply(second, 10)], stored(first)))).toEqual([]);
  expect(versionsIn(seen([reply(first, 1), reply(second, 10)], stored(second)))).toEqual([[second, first]]);
  const replaced = [
    ...find(captureOf({ page: null, ...stored(first) })).sightings.map((one) => ({ ...one, goneAt: now + 11 })),
    ...find(captureOf({ page: null, ...stored(second) })).sightings.map((one) => ({ ...one, seenAt: now + 11 })),
  ];
  const { subjects } = reportOf([...replaced, ...seen([reply(first, 1), reply(second, 10)])]);
  expect(subjects.map(({ followed }) => followed)).toEqual([undefined, undefined]);
  expect(subjects.flatMap(({ replacedBy }) => replacedBy ?? [])).toHaveLength(1);
});

test('whoever holds a recording holds every token in it, so there none follows another', () => {
  const recorded = seen([reply(first, 1), use(first, 2), reply(second, 10)]).map((one) => ({
    ...one,
    input: 'call.har',
  }));
  expect(versionsIn(recorded)).toEqual([]);
  expect(reportOf(recorded).summary.tokens).toBe(2);
});

test('what tells no time follows nothing', () => {
  const untimed = { startedAt: null, endedAt: null };
  expect(versionsOf(reply(first, 1, untimed), reply(second, 10, untimed))).toEqual([]);
});
