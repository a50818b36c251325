import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { firstSeen, goneSince } from '../../engine/model/presence.ts';
import { type Finding, type Report, type Severity, type Subject, severities } from '../../engine/model/report.ts';
import { bySeverity, severityRank } from '../../engine/model/severity-order.ts';
import { isSameList } from '../../engine/text/same-list.ts';
import { renewals } from '../../engine/timeline/renewals.ts';

/** One line of the table: a subject, and what the table derives from it. */
export interface Row {
  subject: Subject;
  /** Its own findings and those about several tokens that name it, worst first and muted ones last. */
  findings: Finding[];
  /** The worst that counts: neither muted nor a detail of another. */
  lead: Finding | null;
  worst: Severity | null;
  /** Seconds since the epoch, when it was last missing everywhere; null while it is somewhere. */
  goneAt: number | null;
  /** Seconds since the epoch. */
  firstSeenAt: number | null;
  /** The tokens that this one renewed, the latest first. */
  versions: readonly Subject[];
  /** Whether another renewed it: then it is listed among the versions of that one. */
  isVersion: boolean;
}

export const columns = ['platform', 'room', 'identity', 'role', 'status', 'finding', 'places', 'seen'] as const;
export type Column = (typeof columns)[number];
export interface Sort {
  column: Column;
  descending: boolean;
}

/** The rows of the report: all of them, and the entries that the filter keeps in the order asked for: a token and its renewals are one. */
export function createRows(report: ReadonlySignal<Report>, keeps: ReadonlySignal<(row: Row) => boolean>) {
  const sort = signal<Sort | null>(null);
  const makeRows = createRowMaker();
  const all = computed(() => makeRows(report.value));
  const entries = computed(() => all.value.filter(({ isVersion }) => !isVersion));
  const listed = computed(() => sortRows(entries.value.filter(keeps.value), sort.value));

  return {
    all,
    listed,
    sort,
    byId: computed(() => new Map(all.value.map((row) => [row.subject.token.id, row]))),
    /** Whether anything is listed that was found missing. */
    hasGone: computed(() => all.value.some(({ subject }) => subject.sightings.some(({ goneAt }) => goneAt !== null))),
    goneCount: computed(() => entries.value.filter(({ goneAt }) => goneAt !== null).length),

    /** Those of all rows, by name. */
    platforms: computed(() => {
      const names = new Map<string, string>();
      for (const { subject } of all.value) {
        names.set(subject.provider?.id ?? 'unknown', subject.provider?.name ?? 'Unknown platform');
      }
      return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
    }),

    /** The next press on a column: ascending, descending, then the report's own order. */
    sortBy(column: Column): void {
      const current = sort.value;
      if (current?.column !== column) sort.value = { column, descending: false };
      else sort.value = current.descending ? null : { column, descending: true };
    },
  };
}

/** The rows of one report, each the same object as for the report before where nothing of it has changed. */
export function createRowMaker(): (report: Report) => Row[] {
  let before = new Map<Subject, { row: Row; together: readonly Finding[] }>();
  return (report) => {
    const together = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      for (const id of finding.tokens ?? []) {
        const list = together.get(id);
        if (list) list.push(finding);
        else together.set(id, [finding]);
      }
    }
    const versions = renewals(report.subjects);
    const older = new Set([...versions.values()].flat());
    const now: typeof before = new Map();
    for (const subject of report.subjects) {
      const { id } = subject.token;
      const parts = {
        together: together.get(id) ?? none,
        versions: versions.get(id) ?? none,
        isVersion: older.has(subject),
      };
      const known = before.get(subject);
      const isSame =
        known?.row.isVersion === parts.isVersion &&
        isSameList(known.together, parts.together) &&
        isSameList(known.row.versions, parts.versions);
      now.set(subject, isSame ? known : { row: rowOf(subject, parts), together: parts.together });
    }
    before = now;
    return [...now.values()].map(({ row }) => row);
  };
}

const none: readonly never[] = [];

interface RowParts extends Pick<Row, 'versions' | 'isVersion'> {
  together: readonly Finding[];
}

function rowOf(subject: Subject, { together, versions, isVersion }: RowParts): Row {
  const findings = [...subject.findings, ...together].sort(
    (a, b) => Number(a.muted !== undefined) - Number(b.muted !== undefined) || bySeverity(a, b),
  );
  const lead = findings.find(({ muted, under }) => !muted && !under) ?? null;
  return {
    subject,
    findings,
    lead,
    worst: lead?.severity ?? null,
    goneAt: goneSince(subject),
    firstSeenAt: firstSeen(subject),
    versions,
    isVersion,
  };
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
      return subject.sightings.length;
    case 'seen':
      return row.firstSeenAt;
  }
}
