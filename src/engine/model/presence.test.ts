import { expect, test } from 'vitest';
import { exchangeOf } from '../../../test/builders/captures.ts';
import { exchangePlace } from '../find/sources/exchange-place.ts';
import { firstSeen, goneFromSight, goneSince, lastMet, timesMet } from './presence.ts';

const requestPlace = exchangePlace(exchangeOf(), 'request-header', 'sent', 'request header a');
type Time = [seenAt: number | null, goneAt: number | null];
const seen = (...times: Time[]) => ({ sightings: times.map(([seenAt, goneAt]) => ({ seenAt, goneAt, place: {} })) });
/** What requests carried at such times. */
const carried = (...times: Time[]) => {
  return seen(...times).sightings.map((sighting) => ({ ...sighting, place: requestPlace }));
};

test('a token is gone when it is gone everywhere, since the last time', () => {
  expect(goneSince(seen([1, 5], [2, 9]))).toBe(9);
  expect(goneSince(seen([1, 0]))).toBe(0);
  expect(goneSince(seen([1, 5], [2, null]))).toBeNull();
  expect(goneSince(seen([null, null]))).toBeNull();
  expect(goneSince(seen())).toBeNull();
});

test('a message between windows is over with the moment: what it brought lies nowhere', () => {
  const [message] = seen([3, null]).sightings.map((one) => ({ ...one, place: { from: 'https://call.example' } }));
  expect(goneSince({ sightings: [...seen([1, 5]).sightings, message as typeof message & {}] })).toBe(5);
  expect(goneSince({ sightings: [message as typeof message & {}] })).toBeNull();
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

test('what a window posted to another is over with the moment: a token that left its store is gone', () => {
  const posted = seen([2, null]).sightings.map((sighting) => ({
    ...sighting,
    place: { from: 'https://call.example' },
  }));
  expect(goneSince({ sightings: [...seen([1, 5]).sightings, ...posted] })).toBe(5);
  expect(goneSince({ sightings: posted })).toBeNull();
});

test('a token that another followed is gone since then, unless it was seen to be before', () => {
  expect(goneSince({ sightings: carried([3, null]), followed: { at: 7 } })).toBe(7);
  expect(goneSince({ sightings: carried([3, 5]), followed: { at: 7 } })).toBe(5);
  expect(goneFromSight(carried([3, null]))).toBeNull();
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
