import { expect, test } from 'vitest';
import { foldLines, type Line, linesOf, type NavigationLine, type RowLine } from './lines.ts';
import type { Row } from './row.ts';

const row = (name: string, firstSeenAt: number | null, goneAt: number | null = null) =>
  ({ subject: { token: { id: name } }, firstSeenAt, goneAt }) as Row;
const navigation = (at: number, noticedAt = at) => ({ at, noticedAt, url: `https://call.example/${at}` });
const shown = (lines: (RowLine | NavigationLine)[]) =>
  lines.map((line) => ('row' in line ? line.row.subject.token.id : line.navigation.at));

const there = [row('host', 20), row('both', 5)];
const gone = [row('worst', 5, 10), row('guest', 5, 20), row('after', 21, 25)];

test('in the report’s order, each navigation stands above what was gone by then', () => {
  const lines = linesOf([...there, ...gone], [navigation(10, 11), navigation(20)], null);
  expect(shown(lines)).toEqual(['host', 'both', 'after', 20, 'guest', 10, 'worst']);
});

test('a request that was met in the second of a navigation went with it', () => {
  expect(shown(linesOf([row('sent', 20.3, 20.3)], [navigation(20)], null))).toEqual([20, 'sent']);
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

const renewed = (name: string, ...versions: Row[]) => ({
  ...row(name, 30),
  subject: {
    ...row(name, 30).subject,
    provider: { name: name < 'n' ? 'Daily' : 'Zoom' },
    token: { id: name },
  } as Row['subject'],
  versions: versions.map(({ subject }) => subject),
});
const nothing: ReadonlySet<string> = new Set();

/** Names by how deep they lie: `.` for what is in another line, `+` and `-` for what is closed and open. */
function drawn(lines: readonly Line[]): string[] {
  return lines.map((line) => {
    if ('navigation' in line) return `navigation ${line.navigation.at}`;
    const sign = 'isOpen' in line && line.isOpen !== null ? (line.isOpen ? '- ' : '+ ') : '';
    if ('group' in line) return `${sign}${line.group.title} (${line.group.rows.length})`;
    const { subject } = 'row' in line ? line.row : line.version;
    const next = 'version' in line ? ` before ${line.next.subject.token.id}` : '';
    return `${'.'.repeat(line.level - 1)}${sign}${subject.token.id}${next}`;
  });
}

const [second, first] = [renewed('second'), renewed('first')];
const latest = renewed('latest', second, first);
const other = renewed('other');
const byId = new Map([latest, other, second, first].map((one) => [one.subject.token.id, one]));
const fold = (parts: Partial<Parameters<typeof foldLines>[1]>) =>
  drawn(
    foldLines([{ row: latest }, { navigation: navigation(20) }, { row: other }], {
      grouping: null,
      closedGroups: nothing,
      openVersions: nothing,
      byId,
      ...parts,
    }),
  );

test('earlier versions are folded under the current one until it is opened, the latest first', () => {
  expect(fold({})).toEqual(['+ latest', 'navigation 20', 'other']);
  expect(fold({ openVersions: new Set(['latest', 'other', 'gone']) })).toEqual([
    '- latest',
    '.second before latest',
    '.first before second',
    'navigation 20',
    'other',
  ]);
});

test('in groups, rows lie under what they have in common, and a group that is closed shows how many it holds', () => {
  expect(fold({ grouping: 'platform' })).toEqual(['- Daily (1)', '.+ latest', '- Zoom (1)', '.other']);
  const lines = foldLines([{ row: latest }, { row: other }], {
    grouping: 'platform',
    closedGroups: nothing,
    openVersions: nothing,
    byId,
  });
  const closed = new Set(lines.flatMap((line) => ('group' in line ? [line.group.key] : [])).slice(0, 1));
  expect(fold({ grouping: 'platform', closedGroups: closed, openVersions: new Set(['latest']) })).toEqual([
    '+ Daily (1)',
    '- Zoom (1)',
    '.other',
  ]);
  expect(fold({ grouping: 'platform', openVersions: new Set(['latest']) })[2]).toBe('..second before latest');
});

test('every line has a key of its own', () => {
  for (const grouping of [null, 'platform'] as const) {
    const keys = foldLines(
      [{ row: latest }, { navigation: navigation(20) }, { navigation: navigation(20) }, { row: other }],
      { grouping, closedGroups: nothing, openVersions: new Set(['latest']), byId },
    ).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  }
});
