import { computed, type ReadonlySignal } from '@preact/signals';
import type { Report } from '../../engine/model/report.ts';
import type { Navigation } from '../../engine/timeline/timeline.ts';
import { platformOf } from '../words/token-words.ts';
import type { Folds } from './folds.ts';
import { foldLines, linesOf, sortRows } from './lines.ts';
import { createRowMaker, type Row } from './row.ts';
import type { TableLayoutModel } from './table-layout.ts';

export interface RowsOptions {
  report: ReadonlySignal<Report>;
  navigations: ReadonlySignal<readonly Navigation[]>;
  keeps: ReadonlySignal<(row: Row) => boolean>;
  layout: Pick<TableLayoutModel, 'sort' | 'grouping'>;
  folds: Folds;
}

/** The rows of the report: all of them, and the entries that the filter keeps in the order asked for: a token and its renewals are one. */
export function createRows({ report, navigations, keeps, layout: { sort, grouping }, folds }: RowsOptions) {
  const makeRows = createRowMaker();
  const all = computed(() => makeRows(report.value));
  const entries = computed(() => all.value.filter(({ isVersion }) => !isVersion));
  const byId = computed(() => new Map(all.value.map((row) => [row.subject.token.id, row])));

  const unfolded = computed(() =>
    linesOf(sortRows(entries.value.filter(keeps.value), sort.value), navigations.value, sort.value),
  );
  /** The rows among them, whether their groups are open or not. */
  const listed = computed(() => unfolded.value.flatMap((line) => ('row' in line ? [line.row] : [])));
  const lines = computed(() =>
    foldLines(unfolded.value, {
      grouping: grouping.value,
      closedGroups: folds.closedGroups.value,
      openVersions: folds.openVersions.value,
      byId: byId.value,
    }),
  );

  return {
    all,
    /** What the list shows, from top to bottom. */
    lines,
    listed,
    /** What can be chosen in the list, from top to bottom. */
    inSight: computed(() =>
      lines.value.flatMap((line) => ('row' in line ? [line.row] : 'version' in line ? [line.version] : [])),
    ),
    byId,
    /** Whether anything is listed that was found missing. */
    hasGone: computed(() => all.value.some(({ subject }) => subject.sightings.some(({ goneAt }) => goneAt !== null))),
    gone: computed(() => entries.value.filter(({ goneAt }) => goneAt !== null)),

    /** Those of all rows, by name. */
    platforms: computed(() => {
      const names = new Map<string, string>();
      for (const { subject } of all.value) {
        names.set(subject.provider?.id ?? 'unknown', subject.provider ? platformOf(subject) : 'Unknown platform');
      }
      return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
    }),

    /** Opens whatever a token is folded away in, so that it can be seen. */
    reveal(id: string): void {
      const holder = all.value.find(({ versions }) => versions.some(({ token }) => token.id === id));
      if (holder) folds.setVersions(holder.subject.token.id, true);
      const entry = holder?.subject.token.id ?? id;
      const group = lines.value.find(
        (line) => 'group' in line && line.group.rows.some(({ subject }) => subject.token.id === entry),
      );
      if (group && 'group' in group) folds.setGroup(group.group.key, true);
    },
  };
}
