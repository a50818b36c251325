import { expect, test } from 'vitest';
import { firstSeen, goneSince, lastMet, timesMet } from './presence.ts';

const seen = (...times: [seenAt: number | null, goneAt: number | null][]) => ({
  sightings: times.map(([seenAt, goneAt]) => ({ seenAt, goneAt })),
});

test('a token is gone when it is gone everywhere, since the last time', () => {
  expect(goneSince(seen([1, 5], [2, 9]))).toBe(9);
  expect(goneSince(seen([1, 0]))).toBe(0);
  expect(goneSince(seen([1, 5], [2, null]))).toBeNull();
  expect(goneSince(seen([null, null]))).toBeNull();
  expect(goneSince(seen())).toBeNull();
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
