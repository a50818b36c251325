import { expect, test } from 'vitest';
import { Area } from './area.ts';
import type { ProbedStore } from './parse-store.ts';

function holding(count: number, length: number): Area {
  const area = new Area();
  const entries = Array.from({ length: count }, (_, index) => ({
    key: `key ${index}`,
    text: 'x'.repeat(length),
    stamp: index,
    isCut: false,
  }));
  area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false } satisfies ProbedStore);
  return area;
}

/** The keys that each of so many looks checks. */
const checks = (area: Area, looks: number) => Array.from({ length: looks }, () => Object.keys(area.checkedStamps()));

test('where there is little, each look checks all of it', () => {
  for (const keys of checks(holding(40, 300), 3)) expect(keys).toHaveLength(40);
  expect(checks(new Area(), 1)).toEqual([[]]);
});

test('of five million characters most looks check nothing, and all is checked within forty of them', () => {
  const looks = checks(holding(1000, 5000), 40);
  expect(looks.filter((keys) => keys.length === 0).length).toBe(35);
  expect(new Set(looks.flat()).size).toBe(1000);
  for (const keys of looks) expect(keys.length).toBeLessThan(300);
});

test('one value that is longer than what is checked at once is checked all the same, and by itself', () => {
  const area = holding(3, 5 << 20);
  expect(checks(area, 24).filter((keys) => keys.length > 0)).toEqual([['$key 0'], ['$key 1'], ['$key 2']]);
});

test('the turn goes on where entries go', () => {
  const area = holding(1000, 5000);
  checks(area, 30);
  const entries = [{ key: 'left', text: 'x', stamp: 7, isCut: false }];
  area.learn({ kind: 'read', stamp: 'two', entries, missed: 0, isTampered: false });
  expect(area.checkedStamps()).toEqual({ $left: 7 });
});

test('what was left out is not checked', () => {
  const area = new Area();
  const entries = [{ key: 'cut', text: null, stamp: 7, isCut: true }];
  area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false });
  expect(area.checkedStamps()).toEqual({});
});
