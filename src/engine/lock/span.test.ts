import { expect, test } from 'vitest';
import { isSameSpan, spanSeconds, spanWords } from './span.ts';

test.each([
  [3598, '1 h'],
  [3600, '1 h'],
  [3605, '1 h'],
  [5400, '90 min'],
  [5430, '91 min'],
  [43_200, '12 h'],
  [86_399, '1 day'],
  [90 * 86_400, '90 days'],
  [60, '1 min'],
  [30, '30 s'],
  [0, '0 s'],
  [-5, '0 s'],
])('%i seconds are %s', (seconds, words) => {
  expect(spanWords(seconds)).toBe(words);
  expect(Math.abs((spanSeconds(words) ?? 0) - Math.max(0, seconds))).toBeLessThanOrEqual(30);
});

test('what no clock will tell is told as such', () => {
  for (const seconds of [1e12, 1e308, Number.POSITIVE_INFINITY, Number.NaN])
    expect(spanWords(seconds)).toBe('more than 1000 years');
});

test('jitter is no change, and a longer life is', () => {
  for (let seconds = 60; seconds < 1e7; seconds = Math.ceil(seconds * 1.07))
    for (const jitter of [-2, -1, 1, 2])
      expect([seconds, isSameSpan(spanWords(seconds), spanWords(seconds + jitter))]).toEqual([seconds, true]);
  expect(isSameSpan('1 h', '12 h')).toBe(false);
  expect(isSameSpan('1 h', '66 min')).toBe(false);
  expect(isSameSpan('1 h', 'for ever')).toBe(false);
  expect(isSameSpan('*', 'for ever')).toBe(true);
});
