import { expect, test } from 'vitest';
import { pageOf } from '../../../test/builders/captures.ts';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { find } from '../inspect.ts';
import { keepRecent } from './keep-recent.ts';

const [one] = find(pageOf({ local: { auth: jwt({ sub: 'ada' }) } })).sightings;
if (!one) throw new Error('nothing was found');
const at = (key: string, round: number, goneAt: number | null) => ({
  ...one,
  token: `${key} ${round}`,
  goneAt,
  place: { ...one.place, label: key, key },
});

test('of a place that is renewed again and again, the latest that are gone are kept', () => {
  const rounds = Array.from({ length: 50 }, (_, round) => at('auth', round, now + round));
  const { sightings, leftOut } = keepRecent([at('auth', 50, null), ...rounds]);
  expect(leftOut).toBe(30);
  expect(sightings.map(({ token }) => token)).toEqual([
    'auth 50',
    ...Array.from({ length: 20 }, (_, index) => `auth ${30 + index}`),
  ]);
});

test('when the latest of a place goes, those before it stay', () => {
  const rounds = Array.from({ length: 20 }, (_, round) => at('auth', round, now + round));
  const all = [at('auth', 20, null), ...rounds];
  expect(keepRecent(all)).toEqual({ sightings: all, leftOut: 0 });
  const gone = [at('auth', 20, now + 20), ...rounds];
  expect(keepRecent(gone)).toEqual({ sightings: gone, leftOut: 0 });
  expect(keepRecent([at('auth', 21, now + 21), ...gone]).sightings).not.toContain(rounds[0]);
});

test('a token that is left out of several places is one, and none while it is listed for another', () => {
  const both = (round: number, goneAt: number | null) =>
    ['local', 'session'].map((key) => ({ ...at(key, round, goneAt), token: `round ${round}` }));
  const rounds = Array.from({ length: 30 }, (_, round) => both(29 - round, now + 29 - round)).flat();
  expect(keepRecent([...both(30, null), ...rounds]).leftOut).toBe(10);
  const elsewhere = { ...at('elsewhere', 0, null), token: 'round 0' };
  expect(keepRecent([...both(30, null), ...rounds, elsewhere]).leftOut).toBe(9);
});

test('a place that is renewed often takes no other along', () => {
  const often = Array.from({ length: 500 }, (_, round) => at('often', round, now + 10 + round));
  expect(keepRecent([...often, at('once', 0, now)]).sightings.map(({ place }) => place.key)).toContain('once');
});

test('what is there is kept, however much', () => {
  const there = Array.from({ length: 5000 }, (_, index) => at(`k${index}`, 0, null));
  expect(keepRecent(there)).toEqual({ sightings: there, leftOut: 0 });
});

test('of very many places, the latest that are gone are kept', () => {
  const gone = Array.from({ length: 3000 }, (_, index) => at(`k${index}`, 0, now + index));
  const { sightings, leftOut } = keepRecent(gone);
  expect(leftOut).toBe(1000);
  expect(sightings[0]?.place.key).toBe('k1000');
});

test('what is kept keeps the count of its repeats', () => {
  const more = { count: 7, elsewhere: 0, firstAt: now, lastAt: now + 9 };
  const rounds = Array.from({ length: 30 }, (_, round) => ({ ...at('auth', round, now + round), more }));
  expect(keepRecent(rounds).sightings.map((one) => one.more)).toEqual(Array.from({ length: 21 }, () => more));
});
