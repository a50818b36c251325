import type { Severity } from '../../engine/model/report.ts';
import { severityRank } from '../../engine/model/severity-order.ts';
import { identityOf, platformOf, roomOf } from '../words/token-words.ts';
import { visible } from '../words/visible.ts';
import { leadingPlace } from '../words/where-words.ts';
import type { Row } from './row.ts';
import type { Grouping } from './table-layout.ts';

/** Rows that have one thing in common. */
export interface RowGroup {
  /** Of all groupings, so that what was closed in one is not closed in another. */
  key: string;
  /** What they have in common, as it may be shown; null where they have nothing that tells. */
  title: string | null;
  rows: readonly Row[];
  /** Of those that are there. */
  worst: Severity | null;
  gone: readonly Row[];
}

/** What rows are put together by, as it may be shown; null where a token does not tell. */
const titleBy: Record<Grouping, (row: Row) => string | null> = {
  person: ({ subject }) => identityOf(subject),
  room: ({ subject }) => roomOf(subject),
  platform: ({ subject }) => platformOf(subject),
  origin: ({ subject }) => {
    const origin = leadingPlace(subject)?.place.origin;
    return origin && origin !== 'null' ? visible(origin) : null;
  },
};

/** The same whole, and as it is: names that are shown alike are not one. Null where what is shown is said by no name. */
const nameBy: Record<Grouping, (row: Row) => string | null> = {
  person: ({ subject: { facts } }) => facts.displayName || facts.userId,
  room: ({ subject: { facts } }) => facts.room,
  platform: ({ subject: { provider } }) => provider?.id ?? null,
  origin: ({ subject }) => leadingPlace(subject)?.place.origin ?? null,
};

/** Groups in the order of their first rows, and what tells nothing last; rows stay in their order. */
export function groupRows(rows: readonly Row[], grouping: Grouping): RowGroup[] {
  const byKey = new Map<string, { title: string | null; members: Row[] }>();
  for (const row of rows) {
    const title = titleBy[grouping](row);
    const key = JSON.stringify([grouping, title, title === null ? null : nameBy[grouping](row)]);
    const known = byKey.get(key);
    if (known) known.members.push(row);
    else byKey.set(key, { title, members: [row] });
  }
  const groups = [...byKey].map(([key, { title, members }]) => groupOf(key, title, members));
  return groups.sort((a, b) => Number(a.title === null) - Number(b.title === null));
}

function groupOf(key: string, title: string | null, rows: readonly Row[]): RowGroup {
  const here = rows.filter(({ goneAt }) => goneAt === null);
  const gone = rows.filter(({ goneAt }) => goneAt !== null);
  const worst = here.flatMap((row) => row.worst ?? []).sort((a, b) => severityRank(a) - severityRank(b))[0] ?? null;
  return { key, title, rows, worst, gone };
}
