import fc from 'fast-check';
import { expect, test } from 'vitest';
import { days, hours, minutes, now } from '../../../test/builders/tokens.ts';
import { dateTime, duration, relative, timeOfDay } from './show-time.ts';

test('writes a moment with its zone', () => {
  expect(dateTime(now, 'utc')).toBe('2026-11-20 12:00:00 UTC');
  expect(timeOfDay(now, 'utc')).toBe('12:00:00');
});

test('says so when no calendar holds a number', () => {
  expect(dateTime(1e300, 'utc')).toBe('beyond any calendar');
  expect(dateTime(Number.NaN, 'local')).toBe('beyond any calendar');
});

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [minutes(59) + 3, '59 min 3 s'],
  [hours(1), '1 h'],
  [hours(1) + 5, '1 h'],
  [days(90), '90 d'],
  [days(1) + hours(2) + 5, '1 d 2 h'],
  [31_557_600 * 1000, '1,000 y'],
  [31_557_600 * 1001, 'over 1,000 y'],
  [Number.POSITIVE_INFINITY, 'over 1,000 y'],
])('writes %i seconds in two units at most', (seconds, words) => {
  expect(duration(seconds)).toBe(words);
});

test('any number that is a time is put in words, and no number makes nonsense', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 16 }), (mantissa, power) => {
      for (const at of [mantissa, (mantissa % 10) * 10 ** power]) {
        const words = `${dateTime(at, 'utc')} ${timeOfDay(at, 'local')} ${relative(at, now)} ${duration(at)}`;
        expect(words).not.toMatch(/NaN|Invalid|Infinity|undefined|\d{2},\d{3} y/);
      }
    }),
    { seed: 20_261_126, numRuns: 2000 },
  );
});

test('counts to and from a moment', () => {
  expect(relative(now + 5, now)).toBe('in 5 s');
  expect(relative(now - minutes(3), now)).toBe('3 min ago');
  expect(relative(now, now)).toBe('now');
});
