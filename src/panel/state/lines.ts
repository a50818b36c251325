import { severities } from '../../engine/model/report.ts';
import { severityRank } from '../../engine/model/severity-order.ts';
import type { Navigation } from '../../engine/timeline/timeline.ts';
import { platformOf } from '../words/token-words.ts';
import { whereOf } from '../words/where-words.ts';
import { groupRows, type RowGroup } from './group-rows.ts';
import type { Row } from './row.ts';
import type { Column, Grouping, Sort } from './table-layout.ts';

export type { Navigation };

export type RowLine = { row: Row };
export type NavigationLine = { navigation: Navigation };

/** A line of the list, with how deep it lies (1 for what is in nothing) and whether what it holds is open; null where it holds nothing. */
export type Line =
  /** A token. */
  | (RowLine & { key: string; level: number; isOpen: boolean | null })
  /** A token that another took the place of. */
  | { version: Row; next: Row; key: string; level: number }
  | { group: RowGroup; key: string; isOpen: boolean }
  /** A navigation of the page between what was there before and after. */
  | (NavigationLine & { key: string });

export interface Folding {
  grouping: Grouping | null;
  closedGroups: ReadonlySet<string>;
  openVersions: ReadonlySet<string>;
  byId: ReadonlyMap<string, Row>;
}

/** The list as it is folded. Grouped rows have no navigations between them, as they are in no order of time. */
export function foldLines(lines: readonly (RowLine | NavigationLine)[], folding: Folding): Line[] {
  const { grouping, closedGroups } = folding;
  if (grouping === null) {
    return lines.flatMap((line, index): Line[] =>
      'row' in line
        ? rowLines(line.row, 1, folding)
        : [{ ...line, key: `navigation ${line.navigation.noticedAt} ${index}` }],
    );
  }
  const rows = lines.flatMap((line) => ('row' in line ? [line.row] : []));
  return groupRows(rows, grouping).flatMap((group): Line[] => {
    const isOpen = !closedGroups.has(group.key);
    const head = { group, key: `group ${group.key}`, isOpen };
    return isOpen ? [head, ...group.rows.flatMap((row) => rowLines(row, 2, folding))] : [head];
  });
}

function rowLines(row: Row, level: number, { openVersions, byId }: Folding): Line[] {
  const { id } = row.subject.token;
  if (row.versions.length === 0) return [{ row, key: id, level, isOpen: null }];
  const isOpen = openVersions.has(id);
  if (!isOpen) return [{ row, key: id, level, isOpen }];
  const earlier = row.versions.flatMap(({ token }) => byId.get(token.id) ?? []);
  const all = [row, ...earlier];
  const versions = earlier.map((version, index) => ({
    version,
    next: all[index] ?? row,
    key: version.subject.token.id,
    level: level + 1,
  }));
  return [{ row, key: id, level, isOpen }, ...versions];
}

/**
 * Rows with the navigations between them. In the report's order what is gone follows what is there, the latest first, each
 * navigation above what it or the page took away before; by time, navigations stand where they happened. Otherwise there is
 * no place for them.
 */
export function linesOf(
  rows: readonly Row[],
  navigations: readonly Navigation[],
  sort: Sort | null,
): (RowLine | NavigationLine)[] {
  if (sort?.column === 'seen') return byTime(rows, navigations, sort.descending);
  if (sort || navigations.length === 0) return rows.map((row) => ({ row }));
  const lines: (RowLine | NavigationLine)[] = rows.filter(({ goneAt }) => goneAt === null).map((row) => ({ row }));
  let gone = rows.filter(({ goneAt }) => goneAt !== null);
  for (const navigation of [...navigations].reverse()) {
    // Looks are counted in whole seconds, requests in parts of them.
    const isAfter = ({ goneAt }: Row) => Math.floor(goneAt ?? 0) > navigation.noticedAt;
    lines.push(...gone.filter(isAfter).map((row) => ({ row })));
    gone = gone.filter((row) => !isAfter(row));
    if (gone.length > 0) lines.push({ navigation });
  }
  return [...lines, ...gone.map((row) => ({ row }))];
}

/** What was seen first at the moment of a navigation came with the new document. */
function byTime(
  rows: readonly Row[],
  navigations: readonly Navigation[],
  isDescending: boolean,
): (RowLine | NavigationLine)[] {
  const waiting = isDescending ? [...navigations].reverse() : [...navigations];
  const isDue = (navigation: Navigation, at: number) => (isDescending ? navigation.at > at : navigation.at <= at);
  const lines: (RowLine | NavigationLine)[] = [];
  for (const row of rows) {
    const at = row.firstSeenAt;
    while (at !== null && waiting[0] && isDue(waiting[0], at))
      lines.push({ navigation: waiting.shift() as Navigation });
    lines.push({ row });
  }
  return [...lines, ...waiting.map((navigation) => ({ navigation }))];
}

/** Rows in the order asked for; those still there before those gone, and otherwise in the report's order. */
export function sortRows(rows: readonly Row[], sort: Sort | null): Row[] {
  if (!sort)
    return [...rows].sort((a, b) => Number(a.goneAt !== null) - Number(b.goneAt !== null) || rank(a) - rank(b));
  const sign = sort.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: sortKey(row, sort.column) }));
  keyed.sort(({ key: left }, { key: right }) => {
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * sign;
    return inOrder.compare(String(left), String(right)) * sign;
  });
  return keyed.map(({ row }) => row);
}

const inOrder = new Intl.Collator(undefined, { numeric: true });

function rank({ worst }: Row): number {
  return worst ? severityRank(worst) : severities.length;
}

/** Null sorts last in either direction. */
function sortKey(row: Row, column: Column): string | number | null {
  const { subject } = row;
  switch (column) {
    case 'platform':
      return subject.provider ? platformOf(subject) : null;
    case 'room':
      return subject.facts.room;
    case 'identity':
      return subject.facts.displayName || subject.facts.userId;
    case 'role':
      return subject.facts.role;
    case 'where':
      return whereOf(subject, null)?.text ?? null;
    case 'status':
      return subject.times.expiresAt ?? (subject.times.status === 'never-expires' ? Number.MAX_VALUE : null);
    case 'finding':
      return rank(row);
    case 'timeline':
      return subject.times.notBefore ?? subject.times.issuedAt ?? subject.times.expiresAt;
    case 'places':
      return row.places;
    case 'seen':
      return row.firstSeenAt;
  }
}
