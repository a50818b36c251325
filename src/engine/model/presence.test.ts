import { expect, test } from 'vitest';
import { exchangeOf } from '../../../test/builders/captures.ts';
import { exchangePlace } from '../find/sources/exchange-place.ts';
import { firstSeen, goneSince, lastMet, timesMet } from './presence.ts';

const requestPlace = exchangePlace(exchangeOf(), 'request-header', 'sent', 'request header a');
type Time = [seenAt: number | null, goneAt: number | null];
const seen = (...times: Time[]) => ({ sightings: times.map(([seenAt, goneAt]) => ({ seenAt, goneAt, place: {} })) });
/** What requests carried at such times. */
const carried = (...times: Time[]) => {
  const { exchange } = requestPlace;
  return seen(...times).sightings.map((sighting) => ({ ...sighting, place: { exchange } }));
};

test('a token is gone when it is gone everywhere, since the last time', () => {
  expect(goneSince(seen([1, 5], [2, 9]))).toBe(9);
  expect(goneSince(seen([1, 0]))).toBe(0);
  expect(goneSince(seen([1, 5], [2, null]))).toBeNull();
  expect(goneSince(seen([null, null]))).toBeNull();
  expect(goneSince(seen())).toBeNull();
});

test.each([
  ['carried in a document that is there', [], carried([3, null]), null],
  ['carried in one that is gone', [], carried([3, 9], [4, 9]), 9],
  ['kept, and carried before it was removed', seen([1, 5]).sightings, carried([3, null], [5.9, null]), 5],
  ['carried after it was removed', seen([1, 5]).sightings, carried([6, null]), null],
  ['carried after it was removed, in a document that is gone', seen([1, 5]).sightings, carried([6, 9]), 5],
  ['kept', seen([1, null]).sightings, carried([3, 9]), null],
])('a token that was %s', (_, atRest, inMotion, goneAt) => {
  expect(goneSince({ sightings: [...atRest, ...inMotion] })).toBe(goneAt);
});

test('repeats count among the times at which a token was met', () => {
  const more = { count: 4, elsewhere: 0, firstAt: 2, lastAt: 30 };
  expect(firstSeen({ sightings: [{ seenAt: 3, goneAt: null, more }] })).toBe(2);
  expect(lastMet({ seenAt: 3, more })).toBe(30);
  expect(lastMet({ seenAt: 3, more: { ...more, firstAt: null, lastAt: null } })).toBe(3);
  expect([timesMet({ more }), timesMet({})]).toEqual([5, 1]);
});

test('a token was first seen where it was seen first', () => {
  expect(firstSeen(seen([7, null], [3, 9], [null, null]))).toBe(3);
  expect(firstSeen(seen([null, null]))).toBeNull();
});
