import { severities } from '../../engine/model/report.ts';
import { severityRank } from '../../engine/model/severity-order.ts';
import type { Navigation } from '../../engine/timeline/timeline.ts';
import type { Column, Row, Sort } from './row.ts';

export type { Navigation };

/** A line of the list: a token, or a navigation of the page between what was there before and after. */
export type Line = { row: Row } | { navigation: Navigation };

/**
 * Rows with the navigations between them. In the report's order what is gone follows what is there, the latest first, each
 * navigation above what it or the page took away before; by time, navigations stand where they happened. Otherwise there is
 * no place for them.
 */
export function linesOf(rows: readonly Row[], navigations: readonly Navigation[], sort: Sort | null): Line[] {
  if (sort?.column === 'seen') return byTime(rows, navigations, sort.descending);
  if (sort || navigations.length === 0) return rows.map((row) => ({ row }));
  const lines: Line[] = rows.filter(({ goneAt }) => goneAt === null).map((row) => ({ row }));
  let gone = rows.filter(({ goneAt }) => goneAt !== null);
  for (const navigation of [...navigations].reverse()) {
    const isAfter = ({ goneAt }: Row) => (goneAt ?? 0) > navigation.noticedAt;
    lines.push(...gone.filter(isAfter).map((row) => ({ row })));
    gone = gone.filter((row) => !isAfter(row));
    if (gone.length > 0) lines.push({ navigation });
  }
  return [...lines, ...gone.map((row) => ({ row }))];
}

/** What was seen first at the moment of a navigation came with the new document. */
function byTime(rows: readonly Row[], navigations: readonly Navigation[], isDescending: boolean): Line[] {
  const waiting = isDescending ? [...navigations].reverse() : [...navigations];
  const isDue = (navigation: Navigation, at: number) => (isDescending ? navigation.at > at : navigation.at <= at);
  const lines: Line[] = [];
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
  const sign = sort?.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    if (!sort) return Number(a.goneAt !== null) - Number(b.goneAt !== null) || rank(a) - rank(b);
    const left = sortKey(a, sort.column);
    const right = sortKey(b, sort.column);
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return (left - right) * sign;
    return String(left).localeCompare(String(right), undefined, { numeric: true }) * sign;
  });
}

function rank({ worst }: Row): number {
  return worst ? severityRank(worst) : severities.length;
}

/** Null sorts last in either direction. */
function sortKey(row: Row, column: Column): string | number | null {
  const { subject } = row;
  switch (column) {
    case 'platform':
      return subject.provider?.name ?? null;
    case 'room':
      return subject.facts.room;
    case 'identity':
      return subject.facts.displayName ?? subject.facts.userId;
    case 'role':
      return subject.facts.role;
    case 'status':
      return subject.times.expiresAt ?? (subject.times.status === 'never-expires' ? Number.MAX_VALUE : null);
    case 'finding':
      return rank(row);
    case 'places':
      return row.places;
    case 'seen':
      return row.firstSeenAt;
  }
}
