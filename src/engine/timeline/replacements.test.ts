import { expect, test } from 'vitest';
import { pageOf } from '../../../test/builders/captures.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { find } from '../find/find.ts';
import type { Sighting } from '../model/token.ts';
import { replacements } from './replacements.ts';

const token = (number: number) => jwt({ sub: 'ada', number, exp: now + hours(1) });

/** One sighting, as it lay there from one time to another; seconds after the start. */
function lay(parts: Parameters<typeof pageOf>[0], from: number, until: number | null): Sighting {
  const [sighting] = find(pageOf(parts)).sightings;
  if (!sighting) throw new Error('nothing was found');
  return { ...sighting, seenAt: now + from, goneAt: until === null ? null : now + until };
}

const follow = (...sightings: Sighting[]) => Object.fromEntries(replacements(sightings));

test('a token follows another in the same key', () => {
  const auth = (number: number, from: number, until: number | null) =>
    lay({ local: { auth: token(number) } }, from, until);
  expect(follow(auth(3, 20, null), auth(1, 0, 10), auth(2, 10, 20))).toEqual({
    [token(1)]: { replacedBy: token(2) },
    [token(2)]: { replaces: token(1), replacedBy: token(3) },
    [token(3)]: { replaces: token(2) },
  });
});

test('a token follows another after a while in which there was none', () => {
  const auth = (number: number, from: number, until: number | null) =>
    lay({ local: { auth: token(number) } }, from, until);
  expect(follow(auth(1, 0, 10), auth(2, 500, null))[token(2)]).toEqual({ replaces: token(1) });
});

test('tokens that came and went within one second follow one another in the order they were found', () => {
  const auth = (number: number, from: number, until: number | null) =>
    lay({ local: { auth: token(number) } }, from, until);
  const chain = {
    [token(1)]: { replacedBy: token(2) },
    [token(2)]: { replaces: token(1), replacedBy: token(3) },
    [token(3)]: { replaces: token(2), replacedBy: token(4) },
    [token(4)]: { replaces: token(3) },
  };
  // As a timeline lists them: what was found last comes first.
  expect(follow(auth(4, 1, null), auth(3, 0, 1), auth(2, 0, 0), auth(1, 0, 0))).toEqual(chain);
  expect(follow(auth(1, 0, 0), auth(3, 0, 1), auth(4, 1, null), auth(2, 0, 1))).toMatchObject({
    [token(1)]: { replacedBy: expect.any(String) },
    [token(4)]: { replaces: expect.any(String) },
  });
});

test('a token that is found back follows the one that lay there meanwhile', () => {
  const auth = (number: number, from: number, until: number | null) =>
    lay({ local: { auth: token(number) } }, from, until);
  expect(follow({ ...auth(1, 0, null), backAt: now + 20 }, auth(2, 10, 20))).toEqual({
    [token(1)]: { replaces: token(2) },
    [token(2)]: { replacedBy: token(1) },
  });
});

test.each<[what: string, before: Parameters<typeof pageOf>[0], after: Parameters<typeof pageOf>[0]]>([
  ['another key', { local: { a: token(1) } }, { local: { b: token(2) } }],
  ['another storage', { local: { a: token(1) } }, { session: { a: token(2) } }],
  ['another origin', { local: { a: token(1) } }, { local: { a: token(2) }, url: 'https://other.example/' }],
  [
    'another member of the same value',
    { local: { a: JSON.stringify({ access: token(1) }) } },
    { local: { a: JSON.stringify({ id: token(2) }) } },
  ],
  [
    'a cookie of another path',
    { cookies: [{ name: 'a', value: token(1), path: '/a' }] },
    { cookies: [{ name: 'a', value: token(2), path: '/b' }] },
  ],
  ['the same token', { local: { a: token(1) } }, { local: { a: token(1) } }],
])('nothing is followed by %s', (_, before, after) => {
  expect(follow(lay(before, 0, 10), lay(after, 10, null))).toEqual({});
});

test('two tokens that were there at once do not follow one another', () => {
  const auth = (number: number, from: number, until: number | null) =>
    lay({ local: { auth: token(number) } }, from, until);
  expect(follow(auth(1, 0, 30), auth(2, 10, null))).toEqual({});
  expect(follow(auth(1, 0, null), auth(2, 10, null))).toEqual({});
});

test('a frame that comes back with another token in its address is the same place, and another document is not', () => {
  const frame = (number: number, path: string, from: number, until: number | null) =>
    lay({ frames: [`https://media.example${path}?t=${token(number)}`] }, from, until);
  expect(follow(frame(1, '/a', 0, 10), frame(2, '/a', 10, null))[token(1)]).toEqual({ replacedBy: token(2) });
  expect(follow(frame(1, '/a', 0, 10), frame(2, '/b', 10, null))).toEqual({});
});

test('what tells no time follows nothing', () => {
  const auth = (number: number) => ({ ...lay({ local: { auth: token(number) } }, 0, null), seenAt: null });
  expect(follow(auth(1), auth(2))).toEqual({});
});

test('of several places, the last that changed counts', () => {
  const at = (key: string, number: number, from: number, until: number | null) =>
    lay({ local: { [key]: token(number) } }, from, until);
  expect(follow(at('a', 1, 0, 10), at('a', 2, 10, null), at('b', 1, 0, 20), at('b', 3, 20, null))[token(1)]).toEqual({
    replacedBy: token(3),
  });
});

test('of several places the one where it happened last counts, whichever is listed first', () => {
  const at = (key: string, number: number, from: number, until: number | null) =>
    lay({ local: { [key]: token(number) } }, from, until);
  const late = [at('late', 1, 0, 30), at('late', 2, 30, null)];
  const early = [at('early', 1, 0, 20), at('early', 3, 20, null)];
  for (const sightings of [
    [...late, ...early],
    [...early, ...late],
  ])
    expect(follow(...sightings)[token(1)]).toEqual({ replacedBy: token(2) });
});
