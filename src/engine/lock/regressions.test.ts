import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { days, hours, jwt, minutes, now, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { type DemoTokens, demoKeyPair } from '../../../test/demo/mint-tokens.ts';
import { type CallSite, startCallSite } from '../../../test/demo/site.ts';
import { visit } from '../../../test/demo/visit.ts';
import { isWhole } from '../../../test/sampled.ts';
import { policies } from '../audit/policy/policies.ts';
import { find, inspect } from '../inspect.ts';
import { type Capture, emptyExchange } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';
import type { JsonObject } from '../text/json.ts';
import { quickKeys } from '../weak-keys/quick-keys.ts';
import { compareLocks } from './compare-locks.ts';
import type { TokenLock } from './lock-file.ts';
import { lockTokens } from './lock-tokens.ts';
import { formatLock, parseLock } from './written-lock.ts';

const pages = ['guest', 'host', 'green room'] as const;
type Visits = Record<(typeof pages)[number], Capture>;

let site: CallSite;
let original: DemoTokens;
let locked: TokenLock;

beforeAll(async () => {
  site = await startCallSite({ now });
  original = { ...site.tokens };
  const sightings = await walk(site, () => {}, now);
  const report = inspect(sightings, { now, policy: policies.standard });
  // Their keys are random; those of tokens that a test makes anew are looked for.
  for (const { token } of report.subjects) searched.add(token.id);
  locked = lockTokens(report, { byInput: true });
}, 60_000);
afterAll(() => site.close());

/** Walks the site as it is with such tokens; `change` alters what its pages keep and send. */
async function lockOf(tokens: Partial<DemoTokens> = {}, change: (visits: Visits) => void = () => {}, at = now) {
  Object.assign(site.tokens, original, tokens);
  return lockSightings(await walk(site, change, at), at);
}

function lockSightings(sightings: readonly Sighting[], at: number): TokenLock {
  const options = { now: at, policy: policies.standard };
  const { subjects } = inspect(sightings, options);
  const keys = quickKeys(subjects.filter(({ token }) => !searched.has(token.id)));
  return lockTokens(inspect(sightings, { ...options, keys }), { byInput: true });
}

const searched = new Set<string>();

async function walk(site: CallSite, change: (visits: Visits) => void, at: number): Promise<Sighting[]> {
  const visits = {
    guest: await visit(site, 'guest', at),
    host: await visit(site, 'host', at),
    'green room': await visit(site, 'green room', at),
  };
  change(visits);
  return pages.flatMap((page) => find(visits[page]).sightings.map((one) => ({ ...one, input: page })));
}

const secret = () => site.tokens.keys.secret;
const claimsOf = (token: string): JsonObject =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

/** The site's own token with other claims, signed anew; a claim that is undefined is left out. */
function again(
  name: keyof DemoTokens,
  claims: Record<string, unknown>,
  header: JsonObject = {},
  key?: string,
): Partial<DemoTokens> {
  const old = original[name];
  const merged = JSON.parse(JSON.stringify({ ...claimsOf(String(old)), ...claims })) as JsonObject;
  const isRsa = String(old).startsWith('eyJhbGciOiJSUzI1Ni');
  const { kid } = isRsa
    ? (JSON.parse(Buffer.from(String(old).split('.')[0] ?? '', 'base64url').toString()) as JsonObject)
    : {};
  return {
    [name]: jwt(
      merged,
      { ...(isRsa && { alg: 'RS256' }), ...(kid && { kid }), ...header },
      key ?? (isRsa ? rsaKeys().privateKey : secret()),
    ),
  };
}

const keep = (capture: Capture, source: string, key: string, text: string) =>
  capture.stores.find((store) => store.source === source)?.entries.push({ key, text });
const drop = (capture: Capture, key: string) => {
  for (const store of capture.stores) store.entries = store.entries.filter((entry) => entry.key !== key);
};
const cookie = (capture: Capture, name: string) =>
  capture.cookies.find((one) => one.name === name) as Capture['cookies'][number];
const send = (capture: Capture, token: string) =>
  capture.exchanges?.push({
    ...emptyExchange('entry 40', 'https://stats.metrics.example/collect'),
    method: 'POST',
    startedAt: now,
    requestHeaders: [{ name: 'Authorization', value: `Bearer ${token}` }],
  });
const context = (name: 'jitsiGuest' | 'jitsiRetro' | 'jaasGuest', user: JsonObject, more: JsonObject = {}) => {
  const { context } = claimsOf(original[name]) as { context: { user: JsonObject } };
  return { context: { ...context, ...more, user: { ...context.user, ...user } } };
};

const recordingJaas = () =>
  again('jaasGuest', {
    ...context('jaasGuest', { moderator: 'true' }, { features: { ...features, recording: 'true' } }),
  });
const features = { livestreaming: 'false', transcription: 'false', 'outbound-call': 'false' };

type Seed = [name: string, tokens: () => Partial<DemoTokens>, change: (visits: Visits) => void, told: RegExp[]];
const nothing = () => ({});
const asItIs = () => {};

const single: Seed[] = [
  [
    'a guest may administer streams and so record',
    () => again('dailyGuest', { p: { ca: 's' } }),
    asItIs,
    [/Daily guest .*gained record/],
  ],
  [
    'a guest is owner',
    () => again('dailyGuest', { o: true }),
    asItIs,
    [/Daily guest .*is host, was guest/, /Daily guest .*gained .*remove-others/],
  ],
  ['a host is none any more', () => again('dailyHost', { o: undefined }), asItIs, [/Daily host .*is guest, was host/]],
  [
    'a Jitsi guest is moderator',
    () => again('jitsiGuest', context('jitsiGuest', { affiliation: 'owner', moderator: true })),
    asItIs,
    [/Jitsi .*guest .*is host, was guest/],
  ],
  [
    'a JaaS guest is moderator and may record',
    () => recordingJaas(),
    asItIs,
    [/JaaS.* guest is host, was guest/, /gained .*record/],
  ],
  [
    'a Vonage publisher is moderator',
    () => again('vonageGuest', { role: 'moderator' }),
    asItIs,
    [/Vonage.* guest is host, was guest/],
  ],
  [
    'a LiveKit guest may record',
    () => again('rehearsal', { video: { roomJoin: true, room: 'rehearsal', roomRecord: true } }),
    asItIs,
    [/LiveKit guest (?:is|gained)/],
  ],
  [
    'a Jitsi guest opens any room',
    () => again('jitsiGuest', { room: '*' }),
    asItIs,
    [/Jitsi .*guest .*opens any room, was standup/],
  ],
  [
    'a Daily guest’s token names no room',
    () => again('dailyGuest', { r: undefined }),
    asItIs,
    [/Daily guest .*opens any room, was standup/, /no longer carries r\n/],
  ],
  ['a token is for another room', () => again('jitsiRetro', { room: 'board' }), asItIs, [/opens board, was retro/]],
  [
    'a guest has no identity',
    () => again('dailyGuest', { u: undefined, ud: undefined }),
    asItIs,
    [/Daily guest .*is for nobody, was an id and a name/],
  ],
  [
    'a guest is known by mail address',
    () => again('dailyGuest', { ud: 'grace@northwind.example' }),
    asItIs,
    [/is for an address at northwind\.example and a name, was an id and a name/],
  ],
  [
    'a guest’s token lives 12 hours',
    () => again('dailyGuest', { exp: now + hours(12) }),
    asItIs,
    [/Daily guest .*lives 12 h, was 1 h/],
  ],
  [
    'a guest’s token never ends',
    () => again('dailyGuest', { exp: undefined }),
    asItIs,
    [/Daily guest .*lives for ever, was 1 h/],
  ],
  [
    'the session lives a month',
    () => again('session', { exp: now + days(30) }),
    asItIs,
    [/token of https:\/\/northwind\.example lives 30 days, was 8 h/],
  ],
  [
    'a token is valid at once',
    () => again('jitsiTomorrow', { nbf: now }),
    asItIs,
    [/is valid at once, was 1 day after it was issued/],
  ],
  [
    'a token is not signed',
    () => ({ dailyGuest: unsecuredJwt(claimsOf(original.dailyGuest)) }),
    asItIs,
    [/is jws-unsecured .*was jws/, /is signed with none, was HS256/],
  ],
  [
    'a token is signed with a published secret',
    () => again('dailyGuest', {}, {}, 'secret'),
    asItIs,
    [/is now flagged hmac-secret-known/],
  ],
  [
    'a token is signed with another algorithm',
    () => again('jitsiHost', {}, { alg: 'HS512' }),
    asItIs,
    [/is signed with HS512, was HS256/],
  ],
  [
    'a call goes on after its end',
    () => again('dailyGuest', { ejt: false }),
    asItIs,
    [/is now flagged video-no-eject/],
  ],
  [
    'a claim with an address is added',
    () => again('session', { email: 'grace@northwind.example' }),
    asItIs,
    [/now carries email/],
  ],
  [
    'scripts can read the session',
    nothing,
    ({ guest }) => Object.assign(cookie(guest, 'session'), { httpOnly: false }),
    [/is not HttpOnly in cookie session .*was HttpOnly/],
  ],
  [
    'other sites send a cookie along',
    nothing,
    ({ guest }) => Object.assign(cookie(guest, 'review'), { sameSite: 'none' }),
    [/is SameSite=None in cookie review .*was SameSite=Lax/],
  ],
  [
    'a cookie goes to subdomains',
    nothing,
    ({ guest }) => Object.assign(cookie(guest, 'meeting_token'), { hostOnly: false }),
    [/is for subdomains in cookie meeting_token/],
  ],
  [
    'a token is also in localStorage',
    nothing,
    ({ guest }) => keep(guest, 'local-storage', 'call', site.tokens.dailyGuest),
    [/Daily guest .*is now also in localStorage\.call/],
  ],
  [
    'a token goes to a stranger',
    nothing,
    ({ host }) => send(host, site.tokens.dailyHost),
    [/Daily host .*is now also in request header Authorization on https:\/\/stats\.metrics\.example/],
  ],
  [
    'the host’s token is on the guest’s page',
    nothing,
    ({ guest }) => keep(guest, 'session-storage', 'host', site.tokens.dailyHost),
    [/Daily host .*is now also in sessionStorage\.host .*\(guest\)/],
  ],
  [
    'a token is there that was not',
    nothing,
    ({ guest }) =>
      keep(
        guest,
        'local-storage',
        'admin',
        jwt({ iss: 'APIabc', sub: 'a', video: { roomCreate: true, roomList: true }, exp: now + 60 }),
      ),
    [/LiveKit .*is new: in localStorage\.admin/],
  ],
  ['a token is gone', () => ({ openTokLegacy: '' }), asItIs, [/OpenTok .*guest was not seen/]],
  [
    'a token lies in another place',
    nothing,
    ({ guest }) => {
      drop(guest, 'any-room');
      keep(guest, 'local-storage', 'any-room', site.tokens.dailyNoRoom);
    },
    [/is now in localStorage any-room .*was in sessionStorage any-room/],
  ],
];

const combined: Seed[] = [
  [
    'a guest may record, and is in localStorage',
    () => again('dailyGuest', { p: { ca: 's' } }),
    ({ guest }) => keep(guest, 'local-storage', 'call', site.tokens.dailyGuest),
    [/gained record/, /now also in localStorage\.call/],
  ],
  [
    'a guest is owner, and only in sessionStorage',
    () => again('dailyGuest', { o: true }),
    (visits) => {
      moveFromFrame(visits, site.tokens.dailyGuest, 'call');
    },
    [/is host, was guest/, /sessionStorage\.call/, /no longer in frame URL \?t/],
  ],
  [
    'a Jitsi guest is moderator, in a cookie',
    () => again('jitsiGuest', context('jitsiGuest', { affiliation: 'owner', moderator: true })),
    ({ guest }) => guest.cookies.push({ ...cookie(guest, 'review'), name: 'breakout', value: site.tokens.jitsiGuest }),
    [/is host, was guest/, /now also in cookie breakout/],
  ],
  [
    'a JaaS guest may record, and its cookie goes anywhere',
    () => recordingJaas(),
    ({ guest }) => Object.assign(cookie(guest, 'review'), { sameSite: 'none' }),
    [/gained .*record/, /is SameSite=None in cookie review/],
  ],
  [
    'a Vonage guest is moderator, in localStorage',
    () => again('vonageGuest', { role: 'moderator' }),
    ({ guest }) => {
      drop(guest, 'vonage');
      keep(guest, 'local-storage', 'vonage', site.tokens.vonageGuest);
    },
    [/is host, was guest/, /now in localStorage\.vonage .*was in sessionStorage\.vonage/],
  ],
  [
    'a guest’s long-lived token may record, and lies in sessionStorage',
    () => again('dailyQuarter', { p: { ca: 's' } }),
    ({ guest }) => {
      keep(guest, 'session-storage', 'quarter', site.tokens.dailyQuarter);
    },
    [/gained record/, /now also in sessionStorage\.quarter/],
  ],
  [
    'a guest of another room is moderator, and goes to a stranger',
    () => again('jitsiRetro', context('jitsiRetro', { affiliation: 'owner', moderator: true })),
    ({ guest }) => send(guest, site.tokens.jitsiRetro),
    [/retro is host, was guest/, /now also in request header Authorization on https:\/\/stats\.metrics\.example/],
  ],
  [
    'the join token is an owner’s, and is kept',
    () => again('joining', { o: true }),
    ({ guest }) => keep(guest, 'local-storage', 'joined', site.tokens.joining),
    [/is host, was guest/, /now also in localStorage\.joined/],
  ],
  [
    'a LiveKit guest is admin, in the window’s name',
    () => again('rehearsal', { video: { roomJoin: true, room: 'rehearsal', roomAdmin: true } }),
    ({ 'green room': page }) =>
      keep(page, 'window-name', 'rehearsal', JSON.stringify({ token: site.tokens.rehearsal })),
    [/LiveKit guest is host, was guest/, /now also in window\.name/],
  ],
  [
    'a guest opens any room for 12 hours, from localStorage',
    () => again('dailyGuest', { r: undefined, exp: now + hours(12) }),
    ({ guest }) => keep(guest, 'local-storage', 'call', site.tokens.dailyGuest),
    [/opens any room, was standup/, /lives 12 h, was 1 h/, /now also in localStorage\.call/],
  ],
  [
    'the session of scripts lives a month',
    () => again('session', { exp: now + days(30) }),
    ({ guest, host }) => {
      for (const one of [guest, host]) Object.assign(cookie(one, 'session'), { httpOnly: false });
    },
    [/lives 30 days, was 8 h/, /is not HttpOnly in cookie session/],
  ],
];

function moveFromFrame({ guest }: Visits, token: string, key: string): void {
  const without = (url: string) => url.replace(token, 'none');
  for (const frame of guest.frames) frame.url = without(frame.url);
  for (const exchange of guest.exchanges ?? []) exchange.url = without(exchange.url);
  keep(guest, 'session-storage', key, token);
}

test('there are thirty seeded regressions and more, ten of which combine place and right', () => {
  expect(single.length).toBeGreaterThanOrEqual(20);
  expect(combined.length).toBeGreaterThanOrEqual(10);
  expect(single.length + combined.length).toBeGreaterThanOrEqual(30);
});

describe.each([...single, ...combined])('%s', (_, tokens, change, told) => {
  test('is told', async () => {
    const lines = compareLocks(locked, await lockOf(tokens(), change)).map(({ says }) => says);
    for (const line of told) expect(lines.join('\n')).toMatch(line);
    expect(lines.length).toBeLessThanOrEqual(12);
  });
});

/** Endings that apps make anew for each visit. */
const endings = [
  () => randomBytes(3).toString('hex'),
  () => randomBytes(9).toString('base64url'),
  () => Math.random().toString(36).slice(2, 10),
  () => crypto.randomUUID(),
  () => String(Math.floor(Math.random() * 1e9)),
];

function shuffled<One>(list: One[]): One[] {
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [list[at], list[other]] = [list[other] as One, list[at] as One];
  }
  return list;
}

/** Every cookie by a name with a new ending, also where it is set, and all in another order. */
function stirred(visits: Visits, ending: () => string, at: number): void {
  for (const capture of Object.values(visits)) {
    const named = new Map(capture.cookies.map(({ name }) => [name, `${name.replace(/\.\d$/, '')}_${ending()}`]));
    for (const one of capture.cookies) if (!/\.\d$/.test(one.name)) one.name = named.get(one.name) ?? one.name;
    for (const { responseHeaders } of capture.exchanges ?? [])
      for (const header of responseHeaders)
        for (const [name, other] of named)
          if (header.value.startsWith(`${name}=`) && !/\.\d$/.test(name))
            header.value = header.value.replace(name, other);
    shuffled(capture.cookies);
    shuffled(capture.frames);
    shuffled(capture.stores);
    for (const { entries } of capture.stores) shuffled(entries);
    for (const [index, one] of shuffled(capture.exchanges ?? []).entries())
      Object.assign(one, { name: `entry ${index + 1}`, startedAt: at + Math.random() * 30 });
  }
}

/** `npm run unit:whole` tries a hundred. */
const runs = isWhole ? 100 : 20;

test('in run after run with fresh keys, ids, times, order and names of cookies it is silent', {
  timeout: 300_000,
}, async () => {
  // Each run has a secret of its own; key pairs take long to make, so that ten runs share one.
  const pairs = Array.from({ length: runs / 10 }, demoKeyPair);
  let lock: TokenLock | null = null;
  for (let run = 0; run <= runs; run += 1) {
    const at = now + Math.floor(Math.random() * 1e8);
    const ending = endings[run % endings.length] ?? crypto.randomUUID;
    const keyPair = pairs[run % pairs.length];
    const fresh = await startCallSite({
      now: at - Math.floor(Math.random() * minutes(2)),
      ...(keyPair && { keyPair }),
    });
    const sightings = await walk(fresh, (visits) => stirred(visits, ending, at), at);
    await fresh.close();
    const seen = lockTokens(inspect(shuffled(sightings), { now: at, policy: policies.standard }), { byInput: true });
    lock ??= parseLock(formatLock(seen));
    expect(compareLocks(lock, seen).map(({ says }) => says)).toEqual([]);
  }
});

test('no token, no part of one, no id and no hash of one is in the lock', async () => {
  const text = formatLock(locked);
  const tokens = Object.values(original).filter((one): one is string => typeof one === 'string' && one.includes('.'));
  expect(tokens.length).toBeGreaterThan(25);
  const parts = tokens.flatMap((token) => token.split(/[.=]/));
  const windows = new Set<string>();
  for (let at = 0; at + 8 <= text.length; at += 1) windows.add(text.slice(at, at + 8));
  for (const part of parts)
    for (let at = 0; at + 8 <= part.length; at += 1) expect(windows.has(part.slice(at, at + 8))).toBe(false);
  for (const piece of [...tokens, ...parts]) {
    for (const name of ['sha256', 'sha1', 'md5', 'sha512'])
      for (const encoding of ['hex', 'base64', 'base64url'] as const)
        expect(text).not.toContain(createHash(name).update(piece).digest(encoding).slice(0, 8));
  }
  const ids = tokens.flatMap((token) => idsOf(token));
  expect(ids.length).toBeGreaterThan(20);
  for (const id of ids) expect(text).not.toContain(id);
});

/** What tells one token, person or key from another. */
function idsOf(token: string): string[] {
  const [header = '', payload = ''] = token.split('.');
  const whole = [header, payload].map((part) => Buffer.from(part, 'base64url').toString()).join(' ');
  return [...whole.matchAll(/"(?:jti|kid|ud|sid|session_id|nonce|id|user_id)":"?([^",}]{6,})/g)].map(
    ([, id = '']) => id,
  );
}
