import { expect, test } from 'vitest';
import { inWords, isoUtc } from './time-words.ts';

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [90, '1 minute 30 seconds'],
  [3600, '1 hour'],
  [5400, '1 hour 30 minutes'],
  [86_400, '1 day'],
  [100_000, '1 day 3 hours'],
  [90 * 86_400 + 5000, '90 days'],
  [10 * 365.25 * 86_400, '10 years'],
  [-60, '1 minute'],
  [Number.POSITIVE_INFINITY, 'an unlimited time'],
])('%d seconds are %s', (seconds, words) => {
  expect(inWords(seconds)).toBe(words);
});

test('times are written in UTC, and as numbers where no calendar reaches', () => {
  expect(isoUtc(1_795_176_000)).toBe('2026-11-20T12:00:00Z');
  expect(isoUtc(1_795_176_000.4)).toBe('2026-11-20T12:00:00Z');
  expect(isoUtc(1e18)).toBe('1000000000000000000');
  expect(isoUtc(Number.NaN)).toBe('NaN');
});
