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
  expect(keepRecent(rounds).sightings.map((one) => one.more)).toEqual(Array.from({ length: 20 }, () => more));
});
