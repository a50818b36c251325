import { expect, test } from 'vitest';
import { days, hours, minutes, now } from '../../../test/builders/tokens.ts';
import { timeAxis } from './time-axis.ts';

test('later stands further along, and a moment is found again where it stands', () => {
  const moments = [-days(3), -hours(1), -30, 0, 5, 59, minutes(7), hours(2), days(20)].map((by) => now + by);
  const axis = timeAxis(now, moments);
  const places = moments.map(axis.at);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(new Set(places).size).toBe(moments.length);
  for (const [index, moment] of moments.entries()) expect(axis.timeAt(places[index] ?? 0)).toBeCloseTo(moment, 2);
});

test('it reaches to all moments, and what is beyond any calendar stands at its end', () => {
  const axis = timeAxis(now, [now - hours(5), now + days(2)]);
  expect(axis.at(now - hours(5))).toBeGreaterThan(0);
  expect(axis.at(now + days(2))).toBeLessThan(1);
  expect(timeAxis(now, [1e300]).at(1e300)).toBe(1);
  expect(timeAxis(now, [-1e300, Number.MAX_VALUE]).at(-1e300)).toBe(0);
});

test('without any moment it is ten minutes to either side, and stays so while little is near', () => {
  const axis = timeAxis(now, []);
  expect(axis.at(now)).toBeCloseTo(0.5);
  expect(axis.ticks.map(({ words }) => words)).toEqual(['-1 min', '-10 min', '1 min', '10 min']);
  expect(timeAxis(now, [now + 40]).at(now + 30)).toBe(axis.at(now + 30));
});
