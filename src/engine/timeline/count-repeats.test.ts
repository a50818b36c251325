import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureOf, exchangeOf, pageOf, pageUrl } from '../../../test/builders/captures.ts';
import { dailyHost, dailyToken, livekitToken } from '../../../test/builders/join-tokens.ts';
import { days, hours, jwt, minutes, now } from '../../../test/builders/tokens.ts';
import { type Policy, policies, standard } from '../audit/policy/policies.ts';
import { checkExpectations } from '../expect/check-expectations.ts';
import type { Expectation, Match } from '../expect/expectations.ts';
import { find, inspect } from '../inspect.ts';
import type { Exchange } from '../model/capture.ts';
import { firstSeen, timesMet } from '../model/presence.ts';
import type { Report, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import { countRepeats } from './count-repeats.ts';
import { renewals } from './renewals.ts';

const token = dailyToken();
const bearer = { name: 'Authorization', value: `Bearer ${token}` };

function found(...exchanges: Partial<Exchange>[]): Sighting[] {
  const numbered = exchanges.map((one, index) =>
    exchangeOf({ name: `entry ${index + 1}`, url: 'https://api.acme.com/poll', ...one }),
  );
  return find(captureOf({ page: null, exchanges: numbered })).sightings;
}

function fold(sightings: readonly Sighting[]): Sighting[] {
  const repeats = countRepeats();
  for (const sighting of sightings) repeats.add(sighting);
  return repeats.sightings();
}

const requests = (count: number, change: (index: number) => Partial<Exchange>) =>
  found(...Array.from({ length: count }, (_, index) => ({ startedAt: now + index, ...change(index) })));
const shown = (sightings: readonly Sighting[]) => sightings.map(({ place, more }) => [place.label, more?.count ?? 0]);

test('of a token in every request, the first three are listed, and the others counted with the first and last time', () => {
  const folded = fold(requests(5000, () => ({ requestHeaders: [bearer] })));
  expect(folded.map(({ place }) => place.label)).toEqual([
    'entry 1: request header Authorization',
    'entry 2: request header Authorization',
    'entry 3: request header Authorization',
  ]);
  expect(folded.map(({ more }) => more)).toEqual([
    undefined,
    undefined,
    { count: 4997, elsewhere: 0, firstAt: now + 3, lastAt: now + 4999 },
  ]);
});

test('of a token on every line of a file, the first twenty are listed, and one in another file all the same', () => {
  const line = JSON.stringify([{ token }]);
  const file = (name: string, text: string) =>
    find({ ...captureOf({ page: null }), texts: [{ name, text }] }).sightings;
  for (const text of [`${line}\n`.repeat(1000), JSON.stringify(Array.from({ length: 1000 }, () => ({ token })))]) {
    const folded = fold([...file('first.log', text), ...file('second.log', line)]);
    expect(shown(folded)).toEqual([
      ...Array.from({ length: 19 }, () => ['first.log', 0]),
      ['first.log', 980],
      ['second.log', 0],
    ]);
  }
});

test('a place is the same however long its answer may be kept, whenever it came and whichever line asked', () => {
  const folded = fold(
    requests(100, (index) => ({
      initiator: { url: 'https://call.example/app.js', line: index },
      endedAt: now + index + 1,
      requestBody: { text: `{"turn":${index}}`, mimeType: 'application/json' },
      responseHeaders: [
        { name: 'Cache-Control', value: `private, max-age=${index}` },
        { name: 'Date', value: new Date((now + index) * 1000).toUTCString() },
      ],
      responseBody: { text: token, mimeType: null },
    })),
  );
  expect(shown(folded).map(([, more]) => more)).toEqual([0, 0, 97]);
});

test('three are listed as they are', () => {
  const sightings = requests(3, () => ({ requestHeaders: [bearer] }));
  expect(fold(sightings)).toEqual(sightings);
});

test('each address is listed, and has a count of its own, whatever is asked there', () => {
  const paths = ['/poll', '/poll', '/poll', '/join', '/poll', '/join'];
  const folded = fold(
    requests(6, (index) => ({
      url: `https://api.acme.com${paths[index]}?at=${index}#${index}`,
      requestHeaders: [bearer],
    })),
  );
  expect(folded.map(({ place, more }) => [place.url?.split('?')[0], more?.count])).toEqual([
    ['https://api.acme.com/poll', undefined],
    ['https://api.acme.com/poll', undefined],
    ['https://api.acme.com/poll', 1],
    ['https://api.acme.com/join', 1],
  ]);
});

test('of ever so many addresses twenty are listed, and it is said that others were elsewhere', () => {
  const folded = fold(
    requests(1000, (index) => ({ url: `https://api.acme.com/rooms/${index % 500}`, requestHeaders: [bearer] })),
  );
  expect(folded).toHaveLength(20);
  expect(folded.map(({ more }) => more?.elsewhere ?? 0)).toEqual([...Array.from({ length: 19 }, () => 0), 960]);
  expect(folded.reduce((sum, one) => sum + timesMet(one), 0)).toBe(1000);
});

const isLast = (index: number) => index === 59;

test.each<[what: string, change: (index: number) => Partial<Exchange>]>([
  ['origins', (index) => ({ url: `https://${index}.acme.com/`, requestHeaders: [bearer] })],
  [
    'schemes',
    (index) => ({ url: `${isLast(index) ? 'http' : 'https'}://api.acme.com/${index}`, requestHeaders: [bearer] }),
  ],
  ['ports', (index) => ({ url: `https://api.acme.com:${8000 + index}/`, requestHeaders: [bearer] })],
  ['servers that have no origin', (index) => ({ url: `app://host-${index}/`, requestHeaders: [bearer] })],
  ['headers', (index) => ({ requestHeaders: [{ ...bearer, name: isLast(index) ? 'X-Token' : 'Authorization' }] })],
  [
    'cookies that are sent',
    (index) => ({ requestHeaders: [{ name: 'Cookie', value: `${isLast(index) ? 'a' : 'b'}=${token}` }] }),
  ],
  ['parameters', (index) => ({ url: `https://api.acme.com/?${isLast(index) ? 'a' : 'b'}=${token}` })],
  ['parts of the address', (index) => ({ url: `https://api.acme.com/${isLast(index) ? '#' : '?'}t=${token}` })],
  [
    'members of a body',
    (index) => ({
      requestBody: { text: JSON.stringify({ [isLast(index) ? 'a' : 'b']: token }), mimeType: 'application/json' },
    }),
  ],
  [
    'encodings',
    (index) => ({
      requestBody: { text: isLast(index) ? btoa(`{"a":"${token}"}`) : `{"a":"${token}"}`, mimeType: 'text/plain' },
    }),
  ],
  [
    'directions of messages',
    (index) => ({ messages: [{ direction: isLast(index) ? 'sent' : 'received', text: token, at: null }] }),
  ],
  ['methods', (index) => ({ method: isLast(index) ? 'POST' : 'GET', requestHeaders: [bearer] })],
  ['answers', (index) => ({ status: isLast(index) ? 401 : 200, requestHeaders: [bearer] })],
  [
    'documents that ask',
    (index) => ({
      requestHeaders: [bearer, { name: 'Origin', value: `https://${isLast(index) ? 'other' : 'call'}.example` }],
    }),
  ],
  [
    'rules for caches',
    (index) => ({
      responseHeaders: [{ name: 'Cache-Control', value: isLast(index) ? 'max-age=9' : 'no-store' }],
      responseBody: { text: token, mimeType: null },
    }),
  ],
  [
    'attributes of a cookie',
    (index) => ({
      responseHeaders: [{ name: 'Set-Cookie', value: `a=${token}; ${isLast(index) ? 'SameSite=None' : 'Secure'}` }],
    }),
  ],
  [
    'a request and an answer',
    (index) => ({ [isLast(index) ? 'requestBody' : 'responseBody']: { text: token, mimeType: null } }),
  ],
  [
    'what tells a time and what tells none',
    (index) => ({ startedAt: isLast(index) ? null : now, requestHeaders: [bearer] }),
  ],
])('%s are never counted as one another', (_, change) => {
  const all = requests(60, change);
  const seen = (sightings: readonly Sighting[]) =>
    new Set(
      sightings.map(({ place: { source, origin, url, key, traits, cookie, exchange }, path, encodings, seenAt }) => {
        const server = origin === 'null' ? url : origin;
        const asked = [exchange?.method, exchange?.status, exchange?.madeBy, exchange?.reply?.keptBy];
        return JSON.stringify([source, server, key, traits, cookie, path, encodings, seenAt === null, asked]);
      }),
    );
  expect(seen(fold(all)).size).toBeGreaterThan(1);
  expect(seen(fold(all))).toEqual(seen(all));
});

test('messages of one socket are counted, each with its time', () => {
  const folded = fold(
    found({
      url: 'wss://media.acme.com/',
      messages: Array.from({ length: 50 }, (_, index) => ({ direction: 'sent', text: token, at: now + index })),
    }),
  );
  expect(shown(folded)).toEqual([
    ['entry 1: WebSocket message 1, sent', 0],
    ['entry 1: WebSocket message 2, sent', 0],
    ['entry 1: WebSocket message 3, sent', 47],
  ]);
  expect(folded[2]?.more).toMatchObject({ firstAt: now + 3, lastAt: now + 49 });
});

test('a cookie that each answer sets anew, to end a little later, is one place', () => {
  const header = { name: 'Set-Cookie', value: `a=${token}; Max-Age=86400; HttpOnly` };
  const folded = fold(requests(600, () => ({ responseHeaders: [header] })));
  expect(folded.map(({ more }) => more?.count ?? 0)).toEqual([0, 0, 597]);
});

test('two files are two places, and so are two offsets in one', () => {
  const sightings = requests(8, () => ({ requestHeaders: [bearer] }));
  const folded = fold(sightings.map((one, index) => ({ ...one, input: index % 2 ? 'a.har' : 'b.har' })));
  expect(folded.map(({ input, more }) => [input, more?.count ?? 0])).toEqual([
    ['b.har', 0],
    ['a.har', 0],
    ['b.har', 0],
    ['a.har', 0],
    ['b.har', 1],
    ['a.har', 1],
  ]);
  const text = find(captureOf({ page: null, texts: [{ name: 'a.log', text: `${token}\n`.repeat(9) }] })).sightings;
  expect(fold(text)).toEqual(text);
});

test('what has no room is counted where its place is listed, and left out where it is not', () => {
  const listed: Sighting[] = [];
  const repeats = countRepeats((sighting) => {
    if (listed.length >= 2) return null;
    listed.push(sighting);
    return sighting;
  });
  const other = { ...bearer, name: 'X-Token' };
  const outcomes = requests(6, (index) => ({ requestHeaders: [index === 4 ? other : bearer] })).map(repeats.add);
  expect(outcomes).toEqual(['listed', 'listed', 'counted', 'counted', 'left-out', 'counted']);
  expect(repeats.sightings().map(({ more }) => more?.count ?? 0)).toEqual([0, 3]);
});

test('a list that was folded can be added to', () => {
  const all = requests(40, () => ({ requestHeaders: [bearer] }));
  const before = fold(all.slice(0, 20));
  expect(fold([...before, ...all.slice(20)])).toEqual(fold(all));
});

test('while nothing is counted there, the listed sighting stays the same object', () => {
  const repeats = countRepeats();
  for (const sighting of requests(5, () => ({ requestHeaders: [bearer] }))) repeats.add(sighting);
  const before = repeats.sightings();
  expect(repeats.sightings().every((one, index) => one === before[index])).toBe(true);
  for (const sighting of requests(1, () => ({ requestHeaders: [bearer] }))) repeats.add(sighting);
  const after = repeats.sightings();
  expect(after.map((one, index) => one === before[index])).toEqual([true, true, false]);
  expect(before[2]?.more?.count).toBe(2);
});

test('a hundred thousand sightings, of one token or of a thousand, are a few in the list', () => {
  const [one] = requests(1, () => ({ requestHeaders: [bearer] }));
  if (!one) throw new Error('nothing was found');
  const repeated = (tokens: number) => {
    const repeats = countRepeats();
    for (let index = 0; index < 100_000; index += 1) {
      const label = `entry ${index + 1}: request header Authorization`;
      repeats.add({ ...one, token: `${index % tokens}`, seenAt: now + index, place: { ...one.place, label } });
    }
    return repeats.sightings();
  };
  expect(repeated(1)).toHaveLength(3);
  const many = repeated(1000);
  expect(many).toHaveLength(3000);
  expect(many.reduce((sum, sighting) => sum + timesMet(sighting), 0)).toBe(100_000);
});

/** Tokens that rules compare, and whose findings depend on where, when and beside what they were seen. */
const pool = [
  dailyToken({ ud: 'ada', exp: now + minutes(20) }),
  dailyToken({ ud: 'ada', exp: now + minutes(90) }),
  dailyHost({ exp: undefined }),
  livekitToken({ roomAdmin: true }, { sub: 'bob', iat: undefined, nbf: undefined }),
  jwt({ sub: 'ada', iss: 'https://login.acme.com', cnf: { jkt: 'x'.repeat(43) }, exp: now + hours(1) }),
  jwt({ sub: 'ada', typ: 'ID', exp: now - minutes(5) }),
  jwt({ sub: 'ada', typ: 'Refresh', exp: now + hours(20) }),
  jwt({ role: 'service_role', iss: 'supabase', exp: now + hours(10_000) }),
];

const hosts = ['https://api.acme.com', 'http://api.acme.com', 'https://other.net', 'wss://acme.daily.co', 'app://own'];
const carriers: ((text: string) => Partial<Exchange>)[] = [
  (text) => ({ requestHeaders: [{ name: 'Authorization', value: `Bearer ${text}` }] }),
  (text) => ({ requestHeaders: [{ name: 'Referer', value: `https://call.acme.com/?t=${text}` }] }),
  (text) => ({ requestHeaders: [{ name: 'Cookie', value: `session=${text}` }] }),
  (text) => ({ requestBody: { text: `access_token=${text}`, mimeType: 'application/x-www-form-urlencoded' } }),
  (text) => ({ requestBody: { text: JSON.stringify({ list: [{ id_token: text }] }), mimeType: 'application/json' } }),
  (text) => ({ responseBody: { text: JSON.stringify({ token: text }), mimeType: 'application/json' } }),
  (text) => ({ responseHeaders: [{ name: 'Location', value: `https://call.acme.com/#t=${text}` }] }),
  (text) => ({ messages: [{ direction: 'sent', text, at: null }] }),
  ...['HttpOnly; Secure', 'Domain=acme.com', `Expires=${new Date((now + days(3)) * 1000).toUTCString()}`].map(
    (attributes) => (text: string) => ({
      responseHeaders: [{ name: 'Set-Cookie', value: `session=${text}; ${attributes}` }],
    }),
  ),
];

/** Each number chooses from what a run makes use of: a few of everything, so that much is repeated. */
const exchange = fc.record({
  host: fc.nat(20),
  path: fc.constantFrom('/calls', '/calls', '/oauth/token', '/standup'),
  query: fc.constantFrom('', '?n=1', '?n=2', `?pad=${'x'.repeat(2100)}`),
  inQuery: fc.option(fc.nat(20), { freq: 1 }),
  carrier: fc.nat(20),
  token: fc.nat(20),
  at: fc.option(fc.integer({ min: -hours(3), max: hours(3) }), { freq: 8 }),
});

const someOf = <T>(all: readonly T[]) => fc.shuffledSubarray([...all], { minLength: 1, maxLength: 3 });
const chosen = <T>(from: readonly T[], number: number) => from[number % from.length] as T;

const strange: Policy = {
  ...standard,
  name: 'strange',
  origins: { 'https://other.net': { severities: { 'plain-http': 'low' }, off: ['third-party-origin'] } },
  mutes: [{ rule: '*', token: null, place: null, origin: 'http://api.acme.com', reason: 'known' }],
};

const someWhere: fc.Arbitrary<Match> = fc.record(
  {
    origin: fc.constantFrom(...hosts),
    source: fc.constantFrom('request-header', 'request-url', 'response-header', 'response-body', 'request-body'),
    key: fc.constantFrom('Authorization', 'session', 't', null),
    url: fc.constantFrom(...hosts.map((host) => ({ like: `${host}/calls*` }))),
  },
  { requiredKeys: [] },
);
const someExpectation: fc.Arbitrary<Expectation> = fc
  .record({ where: someWhere, kind: fc.nat(3), count: fc.nat(4) })
  .map(({ where, kind, count }) => ({
    name: 'one',
    where,
    ...[
      { none: { role: 'host' } },
      { count },
      { every: {}, have: { status: 'active' } },
      { maxSeverity: 'low' as const },
    ][kind],
  }));

/** What is said of one token, with the sightings that findings point at in place of their numbers. */
function said(subject: Subject) {
  const pointed = (at: string | null) => {
    const [, index, rest] = /^sightings\[(\d+)\](.*)$/.exec(at ?? '') ?? [];
    if (index === undefined) return at;
    const { more: _, ...sighting } = subject.sightings[Number(index)] ?? {};
    return JSON.stringify([sighting, rest]);
  };
  return {
    ...subject,
    sightings: subject.sightings.reduce((sum, one) => sum + timesMet(one), 0),
    first: firstSeen(subject),
    findings: subject.findings.map((finding) => ({ ...finding, at: pointed(finding.at) })),
  };
}

const told = (report: Report) => ({
  ...report,
  subjects: report.subjects.map(said),
  renewals: [...renewals(report.subjects)].map(([id, versions]) => [id, versions.map((one) => one.token.id)]),
});

test('rules, expectations and successions say of the list what they say of every sighting', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(
      fc.record({
        exchanges: fc.array(exchange, { minLength: 1, maxLength: 200, size: 'max' }),
        use: fc.record({ hosts: someOf(hosts), carriers: someOf(carriers), tokens: someOf(pool) }),
        local: fc.dictionary(fc.constantFrom('auth', 'jwt'), fc.nat(pool.length - 1), { maxKeys: 2 }),
        isLive: fc.boolean(),
        policy: fc.constantFrom(...Object.values(policies), strange),
        expectations: fc.array(someExpectation, { minLength: 5, maxLength: 5 }),
        clock: fc.constantFrom(now, now + hours(2), now + days(2)),
      }),
      ({ exchanges, use, local, isLive, policy, expectations, clock }) => {
        const traffic = exchanges.map(({ host, path, query, inQuery, carrier, at, ...one }, index) => {
          const own = inQuery === null ? '' : `${query ? '&' : '?'}t=${chosen(use.tokens, inQuery)}`;
          return {
            ...exchangeOf(),
            name: `entry ${index + 1}`,
            url: `${chosen(use.hosts, host)}${path}${query}${own}`,
            startedAt: at === null ? null : now + at,
            ...chosen(use.carriers, carrier)(chosen(use.tokens, one.token)),
          };
        });
        const entries = Object.fromEntries(Object.entries(local).map(([key, index]) => [key, pool[index] ?? '']));
        const page = pageOf({ url: pageUrl, local: entries, scripts: ['https://cdn.other.net'] });
        const all = find({ ...page, exchanges: traffic }).sightings;
        const few = fold(all);
        const options = {
          now: clock,
          policy,
          page: isLive ? page.page : null,
          loggedOut: isLive ? { origin: 'https://call.acme.com', at: now + days(1) } : null,
        };
        const [whole, short] = [inspect(all, options), inspect(few, options)];
        expect(told(short)).toEqual(told(whole));
        expect(checkExpectations(short, { expect: expectations })).toEqual(
          checkExpectations(whole, { expect: expectations }),
        );
      },
    ),
    { seed: 20_261_126, numRuns: 60 },
  );
});
