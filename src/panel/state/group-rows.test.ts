import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { groupRows } from './group-rows.ts';
import { createRowMaker } from './row.ts';
import type { Grouping } from './table-layout.ts';

const capture = captureOf({
  stores: [
    localStorageOf({
      guest: daily.guest({ u: 'Grace' }),
      host: daily.host({ u: 'Ada', ud: 'ada', r: 'retro' }),
      again: daily.guest({ u: 'Ada', ud: 'ada' }),
      plain: jwt({ iat: now, exp: now + 60 }),
    }),
    localStorageOf({ odd: daily.guest({ u: '__proto__', ud: 'x', r: 'constructor' }) }, 'https://video.example'),
  ],
});
const rows = createRowMaker()(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));
const groups = (grouping: Grouping) =>
  groupRows(rows, grouping)
    .map(({ title, rows: members }) => [title, members.length] as const)
    .sort(([a], [b]) => String(a).localeCompare(String(b)));

test.each<[Grouping, [string | null, number][]]>([
  [
    'person',
    [
      ['__proto__', 1],
      ['Ada', 2],
      ['Grace', 1],
      [null, 1],
    ],
  ],
  [
    'room',
    [
      ['constructor', 1],
      [null, 1],
      ['retro', 1],
      ['standup', 2],
    ],
  ],
  [
    'platform',
    [
      ['Daily', 4],
      ['JWT', 1],
    ],
  ],
  [
    'origin',
    [
      ['https://call.example', 4],
      ['https://video.example', 1],
    ],
  ],
])('by %s, every row is in one group', (grouping, expected) => {
  expect(groups(grouping)).toEqual(expected);
});

test('groups stand in the order of their first rows, those that tell nothing last', () => {
  const titles = groupRows(rows, 'person').map(({ title }) => title);
  const first = rows.map(({ subject }) => subject.facts.displayName);
  expect(titles.at(-1)).toBeNull();
  expect(titles.slice(0, -1)).toEqual([...new Set(first)].filter((name) => name !== null));
});

test('a group is as bad as the worst that is there, and tells how many are gone', () => {
  const [row] = rows.filter(({ worst }) => worst !== null);
  if (!row) throw new Error('nothing was found wrong');
  const critical = { ...row, worst: 'critical' as const, goneAt: now };
  expect(groupRows([row, critical], 'platform')[0]).toMatchObject({
    worst: row.worst,
    gone: [{ goneAt: expect.any(Number) }],
  });
});

test('one grouping closes no group of another', () => {
  const keys = (['person', 'room', 'platform', 'origin'] as const).flatMap((grouping) =>
    groupRows(rows, grouping).map(({ key }) => key),
  );
  expect(new Set(keys).size).toBe(keys.length);
});

test('names that are only shown alike are not one: that of every room, and two that begin so', () => {
  const long = 'standup '.repeat(40);
  const one = captureOf({
    stores: [
      localStorageOf({
        all: daily.guest({ u: 'Grace', r: null }),
        named: daily.guest({ u: 'Linus', r: 'every room' }),
        a: daily.guest({ u: 'Ada', r: `${long}a` }),
        b: daily.guest({ u: 'Ken', r: `${long}b` }),
      }),
    ],
  });
  const report = inspect(find(one).sightings, { now, policy: standard, page: one.page });
  const found = groupRows(createRowMaker()(report), 'room');
  expect(found.map(({ rows: members }) => members.length)).toEqual([1, 1, 1, 1]);
  expect(new Set(found.map(({ key }) => key)).size).toBe(4);
  expect(found.filter(({ title }) => title === 'every room')).toHaveLength(2);
});
