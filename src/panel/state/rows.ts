import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Report } from '../../engine/model/report.ts';
import type { Navigation } from '../../engine/timeline/timeline.ts';
import { linesOf, sortRows } from './lines.ts';
import { type Column, createRowMaker, type Row, type Sort } from './row.ts';

/** The rows of the report: all of them, and the entries that the filter keeps in the order asked for: a token and its renewals are one. */
export function createRows(
  report: ReadonlySignal<Report>,
  navigations: ReadonlySignal<readonly Navigation[]>,
  keeps: ReadonlySignal<(row: Row) => boolean>,
) {
  const sort = signal<Sort | null>(null);
  const makeRows = createRowMaker();
  const all = computed(() => makeRows(report.value));
  const entries = computed(() => all.value.filter(({ isVersion }) => !isVersion));

  const lines = computed(() =>
    linesOf(sortRows(entries.value.filter(keeps.value), sort.value), navigations.value, sort.value),
  );
  /** The rows among them. */
  const listed = computed(() => lines.value.flatMap((line) => ('row' in line ? [line.row] : [])));

  return {
    all,
    /** What the list shows, from top to bottom. */
    lines,
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
