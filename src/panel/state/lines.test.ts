import { expect, test } from 'vitest';
import { type Line, linesOf } from './lines.ts';
import type { Row } from './row.ts';

const row = (name: string, firstSeenAt: number | null, goneAt: number | null = null) =>
  ({ subject: { token: { id: name } }, firstSeenAt, goneAt }) as Row;
const navigation = (at: number, noticedAt = at) => ({ at, noticedAt, url: `https://call.example/${at}` });
const shown = (lines: Line[]) => lines.map((line) => ('row' in line ? line.row.subject.token.id : line.navigation.at));

const there = [row('host', 20), row('both', 5)];
const gone = [row('worst', 5, 10), row('guest', 5, 20), row('after', 21, 25)];

test('in the report’s order, each navigation stands above what was gone by then', () => {
  const lines = linesOf([...there, ...gone], [navigation(10, 11), navigation(20)], null);
  expect(shown(lines)).toEqual(['host', 'both', 'after', 20, 'guest', 10, 'worst']);
});

test('a navigation that nothing was lost before has no line, and neither has one of a list sorted otherwise', () => {
  expect(shown(linesOf(there, [navigation(20)], null))).toEqual(['host', 'both']);
  expect(shown(linesOf([...there, row('late', 21, 25)], [navigation(20)], null))).toEqual(['host', 'both', 'late']);
  expect(shown(linesOf([...there, ...gone], [navigation(20)], { column: 'room', descending: false }))).toHaveLength(5);
});

test('by time, navigations stand where they happened, in both directions', () => {
  const navigations = [navigation(10), navigation(20), navigation(30)];
  const upwards = [row('old', 5), row('with', 20), row('late', 25), row('undated', null)];
  expect(shown(linesOf(upwards, navigations, { column: 'seen', descending: false }))).toEqual([
    'old',
    10,
    20,
    'with',
    'late',
    'undated',
    30,
  ]);
  const downwards = [row('late', 25), row('with', 20), row('old', 5), row('undated', null)];
  expect(shown(linesOf(downwards, navigations, { column: 'seen', descending: true }))).toEqual([
    30,
    'late',
    'with',
    20,
    10,
    'old',
    'undated',
  ]);
});
