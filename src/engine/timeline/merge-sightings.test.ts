import { expect, test } from 'vitest';
import { captureOf, cookieOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { find } from '../inspect.ts';
import type { Capture } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';
import { mergeSightings, withdrawnProblems } from './merge-sightings.ts';

const token = daily.guest();
const look = (known: readonly Sighting[], picture: Capture) => mergeSightings(known, find(picture).sightings, picture);
const withToken = (at: number) => captureOf({ readAt: at, stores: [localStorageOf({ auth: token })] });

test('a token that stays keeps the time it was first seen', () => {
  const merged = look(look([], withToken(now)), withToken(now + 10));
  expect(merged).toHaveLength(1);
  expect(merged[0]).toMatchObject({ seenAt: now, goneAt: null });
});

test('a token that is missing is kept, with the time it was found missing', () => {
  const empty = (at: number) => captureOf({ readAt: at, stores: [localStorageOf({})] });
  const merged = look(look(look([], withToken(now)), empty(now + 10)), empty(now + 20));
  expect(merged).toHaveLength(1);
  expect(merged[0]).toMatchObject({ seenAt: now, goneAt: now + 10 });
});

test('a token that comes back is there again, and tells since when', () => {
  const first = look([], withToken(now));
  expect(first[0]).not.toHaveProperty('backAt');
  const away = look(first, captureOf({ readAt: now + 10, stores: [localStorageOf({})] }));
  const back = look(away, withToken(now + 20));
  expect(back[0]).toMatchObject({ seenAt: now, goneAt: null, backAt: now + 20 });
  expect(look(back, withToken(now + 30))[0]).toBe(back[0]);
});

test('the same token under another key is another sighting', () => {
  const moved = captureOf({ readAt: now + 10, stores: [localStorageOf({ session: token })] });
  const merged = look(look([], withToken(now)), moved);
  expect(merged.map(({ place, goneAt }) => [place.key, goneAt])).toEqual([
    ['session', null],
    ['auth', now + 10],
  ]);
});

test('cookies of one name in several partitions are told apart', () => {
  const cookies = [null, 'https://a.example', 'https://b.example'].map((partitionedBy) =>
    cookieOf('t', token, { partitionedBy }),
  );
  expect(look([], captureOf({ cookies }))).toHaveLength(3);
});

test('a store that could not be read leaves its tokens as they were', () => {
  const frame = 'https://frame.example';
  const before = look([], captureOf({ stores: [localStorageOf({ auth: token }, frame)] }));
  const unread = captureOf({
    readAt: now + 10,
    problems: [{ code: 'frame-unreadable', message: 'This frame did not answer.', subject: `${frame}/` }],
  });
  expect(look(before, unread)[0]?.goneAt).toBeNull();
});

test('another store of the same origin says nothing of one that could not be read', () => {
  const through = (url: string, entries: Record<string, string>) => ({ ...localStorageOf(entries), url });
  const [inside, outside] = ['https://call.example/frame', 'https://call.example/'];
  const before = look(
    [],
    captureOf({ stores: [through(outside, { own: daily.host() }), through(inside, { auth: token })] }),
  );
  const unread = { code: 'frame-unreadable', message: 'This frame did not answer.', subject: inside };
  const alone = look(before, captureOf({ readAt: now + 10, problems: [unread] }));
  expect(alone.map(({ goneAt }) => goneAt)).toEqual([null, null]);
  const after = look(before, captureOf({ readAt: now + 10, stores: [through(outside, {})], problems: [unread] }));
  expect(after.map(({ place: { key }, goneAt }) => [key, goneAt])).toEqual([
    ['own', now + 10],
    ['auth', null],
  ]);
});

test('of a store that was read in part, only what was read in place of a token takes it away', () => {
  const before = look([], captureOf({ stores: [localStorageOf({ auth: token, other: daily.host() })] }));
  const part = (entries: Record<string, string>) => ({ ...localStorageOf(entries), isPartial: true });
  const after = (entries: Record<string, string>) =>
    look(before, captureOf({ readAt: now + 5, stores: [part(entries)] })).flatMap(({ place, goneAt }) =>
      goneAt === null ? [] : [place.key],
    );
  expect(after({})).toEqual([]);
  expect(after({ auth: 'signed out' })).toEqual(['auth']);
});

test('a cookie that scripts cannot read is not gone when only scripts tell of cookies', () => {
  const hidden = cookieOf('s', token, { httpOnly: true });
  const open = cookieOf('t', daily.host(), { httpOnly: false });
  const before = look([], captureOf({ cookies: [hidden, open] }));
  const goneIn = (...parts: Partial<Capture>[]) =>
    parts.reduce<Sighting[]>((known, one) => look(known, captureOf({ readAt: now + 5, ...one })), before);
  const gone = (sightings: Sighting[]) =>
    sightings.filter(({ goneAt }) => goneAt !== null).map(({ place }) => place.key);
  expect(gone(goneIn({ closedHosts: ['call.example'] }))).toEqual(['t']);
  expect(gone(goneIn({ closedHosts: ['other.example'] }))).toEqual(['s', 't']);
  expect(gone(goneIn({ closedHosts: ['call.example'] }, { closedHosts: [] }))).toEqual(['s', 't']);
});

test('a cookie that only access could read tells since when it was withdrawn, until it is read again or gone', () => {
  const cookies = [cookieOf('s', token, { httpOnly: true })];
  const at = (after: number, parts: Partial<Capture>) => captureOf({ readAt: now + after, ...parts });
  const before = look([], at(0, { cookies }));
  expect(before[0]).not.toHaveProperty('unreadAt');
  expect(withdrawnProblems(before)).toEqual([]);
  const withdrawn = look(before, at(5, { closedHosts: ['call.example'] }));
  const later = look(withdrawn, at(9, { closedHosts: ['call.example'] }));
  expect(later).toMatchObject([{ goneAt: null, unreadAt: now + 5 }]);
  expect(withdrawnProblems(later)).toMatchObject([
    { code: 'cookie-unread', subject: 'cookie "s" of https://call.example' },
  ]);
  expect(look(later, at(12, { cookies }))[0]).not.toHaveProperty('unreadAt');
  const gone = look(later, at(12, { closedHosts: [] }));
  expect(gone).toMatchObject([{ goneAt: now + 12 }]);
  expect(gone[0]).not.toHaveProperty('unreadAt');
  expect(withdrawnProblems(gone)).toEqual([]);
});

test('of many cookies that were withdrawn the first are named, and the others counted', () => {
  const cookies = Array.from({ length: 50 }, (_, index) => cookieOf(`c${index}`, token, { httpOnly: true }));
  const before = look([], captureOf({ cookies }));
  const problems = withdrawnProblems(look(before, captureOf({ readAt: now + 5, closedHosts: ['call.example'] })));
  expect(problems).toHaveLength(20);
  expect(problems.at(-1)?.message).toMatch(/So are 30 more\.$/);
});

test('an address that changes around its token is still the page’s address', () => {
  const at = (url: string, readAt: number) =>
    captureOf({ readAt, page: { url, title: '', scriptOrigins: null, loadedAt: now } });
  const merged = look(
    look([], at(`https://call.example/a?t=${token}`, now)),
    at(`https://call.example/b?t=${token}`, now + 10),
  );
  expect(merged).toHaveLength(1);
  expect(merged[0]).toMatchObject({ seenAt: now, goneAt: null });
});

test('a cookie whose attributes become known, or unknown, is still one place', () => {
  const seen = cookieOf('t', token, { domain: 'call.example', path: '/' });
  const bare = { ...seen, domain: null, hostOnly: null, path: null, secure: null, sameSite: null, session: null };
  const granted = look(
    look([], captureOf({ readAt: now, cookies: [bare] })),
    captureOf({ readAt: now + 5, cookies: [seen] }),
  );
  expect(granted).toHaveLength(1);
  expect(granted[0]).toMatchObject({ seenAt: now, goneAt: null, place: { cookie: { domain: 'call.example' } } });
  const revoked = look(granted, captureOf({ readAt: now + 9, cookies: [bare] }));
  expect(revoked).toHaveLength(1);
  expect(revoked[0]).toMatchObject({ seenAt: now, goneAt: null });
});

test('repeats stay counted, whether the place is seen again, with more of them, or gone', () => {
  const more = (count: number) => ({ count, elsewhere: 0, firstAt: now + 1, lastAt: now + count });
  const counting = (at: number, count: number | null) => {
    const picture = withToken(at);
    const { sightings } = find(picture);
    return { picture, sightings: sightings.map((one) => (count === null ? one : { ...one, more: more(count) })) };
  };
  const see = (known: readonly Sighting[], at: number, count: number | null) => {
    const { picture, sightings } = counting(at, count);
    return mergeSightings(known, sightings, picture);
  };
  const first = see(see([], now, null), now + 10, 4);
  expect(first).toMatchObject([{ seenAt: now, more: more(4) }]);
  const again = see(first, now + 20, null);
  expect(again).toMatchObject([{ seenAt: now, goneAt: null, more: more(4) }]);
  expect(again[0]).toBe(first[0]);
  expect(see(again, now + 30, 9)).toMatchObject([{ seenAt: now, more: more(9) }]);
  const gone = look(again, captureOf({ readAt: now + 30, stores: [localStorageOf({})] }));
  expect(gone).toMatchObject([{ seenAt: now, goneAt: now + 30, more: more(4) }]);
  expect(see(gone, now + 40, null)).toMatchObject([{ seenAt: now, goneAt: null, more: more(4) }]);
});

test('what lies where no document is any more is out of sight, and what is missing where one is was removed', () => {
  const page = (origin: string, entries: Record<string, string>) =>
    captureOf({
      readAt: now + 10,
      page: { url: `${origin}/`, title: '', scriptOrigins: null, loadedAt: now },
      stores: [localStorageOf(entries, origin)],
    });
  const here = look([], page('https://a.example', { auth: token }));
  const away = look(here, page('https://b.example', {}));
  expect(away).toMatchObject([{ goneAt: now + 10, isOutOfSight: true }]);
  expect(look(away, page('https://a.example', { auth: token }))[0]).not.toHaveProperty('isOutOfSight');
  expect(look(here, page('https://a.example', {}))[0]).not.toHaveProperty('isOutOfSight');
  const [back] = look(look(away, page('https://b.example', {})), {
    ...page('https://a.example', {}),
    readAt: now + 30,
  });
  expect(back).toMatchObject({ goneAt: now + 30 });
  expect(back).not.toHaveProperty('isOutOfSight');
});
