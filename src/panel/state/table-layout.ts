import { computed, signal } from '@preact/signals';
import { list, record } from '../../engine/text/narrow.ts';

/** In the order they have until a user moves one. */
export const columns = [
  'platform',
  'room',
  'identity',
  'role',
  'where',
  'status',
  'finding',
  'timeline',
  'places',
  'seen',
] as const;
export type Column = (typeof columns)[number];

export interface Sort {
  column: Column;
  descending: boolean;
}

/** What rows can be put together by. */
export const groupings = ['person', 'room', 'platform', 'origin'] as const;
export type Grouping = (typeof groupings)[number];

export interface ColumnSetting {
  id: Column;
  isShown: boolean;
  /** CSS pixels that the user gave it; null leaves it to the room there is. */
  width: number | null;
}

/** A column that there is room for, with the CSS pixels it gets. */
export interface Fitted {
  id: Column;
  width: number;
}

/** How the user has arranged the list of tokens: plain JSON, to be kept. */
export interface TableLayout {
  /** Every column once, from the start to the end. */
  columns: readonly ColumnSetting[];
  /** Null is the report's own order. */
  sort: Sort | null;
  /** Null puts nothing together. */
  grouping: Grouping | null;
}

/** Hidden until a user asks for it: *where* says as much of the places. */
const hiddenAtFirst: readonly Column[] = ['places'];
const usual = (id: Column): ColumnSetting => ({ id, isShown: !hiddenAtFirst.includes(id), width: null });

export const usualLayout: TableLayout = { columns: columns.map(usual), sort: null, grouping: null };

/** CSS pixels between which a kept width must lie to be taken over. */
const widths = { least: 20, most: 4000 };

/** A layout as it was kept. An older version or another hand may have left anything there: whatever is odd falls away alone. Never throws. */
export function readTableLayout(given: unknown): TableLayout {
  const { columns: kept, sort, grouping } = record(given);
  return {
    columns: readColumns(kept),
    sort: readSort(sort),
    grouping: groupings.find((one) => one === grouping) ?? null,
  };
}

function readColumns(given: unknown): readonly ColumnSetting[] {
  const read = new Map<Column, ColumnSetting>();
  for (const one of list(given).slice(0, 100)) {
    const { id: name, isShown, width } = record(one);
    const id = columns.find((known) => known === name);
    if (id === undefined || read.has(id)) continue;
    read.set(id, {
      id,
      isShown: typeof isShown === 'boolean' ? isShown : usual(id).isShown,
      width: readWidth(width),
    });
  }
  const settings = [...read.values()];
  // One that the version which kept them did not know stands after the one that it follows otherwise.
  for (const [index, id] of columns.entries()) {
    if (read.has(id)) continue;
    const before = settings.findIndex((one) => one.id === columns[index - 1]);
    settings.splice(before + 1, 0, usual(id));
  }
  return settings.some(({ isShown }) => isShown) ? settings : usualLayout.columns;
}

function readWidth(given: unknown): number | null {
  return typeof given === 'number' && given >= widths.least && given <= widths.most ? Math.round(given) : null;
}

function readSort(given: unknown): Sort | null {
  const { column: name, descending } = record(given);
  const column = columns.find((known) => known === name);
  return column === undefined ? null : { column, descending: descending === true };
}

/** Which columns the list has, how wide, in which order, and what its rows are sorted and put together by. */
export function createTableLayout() {
  const state = signal<TableLayout>(usualLayout);
  const change = (parts: Partial<TableLayout>): void => {
    state.value = { ...state.value, ...parts };
  };
  const changeColumns = (map: (one: ColumnSetting) => ColumnSetting): void =>
    change({ columns: state.value.columns.map(map) });

  return {
    /** To be kept; `restore` reads it again. */
    state,
    shown: computed(() => state.value.columns.filter(({ isShown }) => isShown)),
    sort: computed(() => state.value.sort),
    grouping: computed(() => state.value.grouping),

    restore(given: unknown): void {
      state.value = readTableLayout(given);
    },

    /** The next press on a column: ascending, descending, then the report's own order. */
    sortBy(column: Column): void {
      const { sort } = state.value;
      if (sort?.column !== column) change({ sort: { column, descending: false } });
      else change({ sort: sort.descending ? null : { column, descending: true } });
    },

    sortAs: (sort: Sort | null): void => change({ sort }),
    groupBy: (grouping: Grouping | null): void => change({ grouping }),

    /** The last column that is shown stays. */
    show(id: Column, isShown: boolean): void {
      const isLast = state.value.columns.every((one) => one.id === id || !one.isShown);
      if (isShown || !isLast) changeColumns((one) => (one.id === id ? { ...one, isShown } : one));
    },

    /** Past the next column that is shown, towards the start (-1) or the end (1). */
    move(id: Column, by: -1 | 1): void {
      const all = [...state.value.columns];
      const from = all.findIndex((one) => one.id === id);
      let to = from + by;
      while (all[to] && !all[to]?.isShown) to += by;
      if (from < 0 || !all[to]) return;
      const [moved] = all.splice(from, 1);
      if (moved) all.splice(to, 0, moved);
      change({ columns: all });
    },

    /** Keeps the widths that columns have on the screen. */
    setWidths(fitted: readonly Fitted[]): void {
      const byId = new Map(fitted.map(({ id, width }) => [id, Math.round(width)]));
      changeColumns((one) => ({ ...one, width: byId.get(one.id) ?? one.width }));
    },

    /** Leaves all widths to the room there is. */
    fitWidths: (): void => changeColumns((one) => ({ ...one, width: null })),

    /** Columns as they were at first; order and groups of rows stay. */
    resetColumns: (): void => change({ columns: usualLayout.columns }),
  };
}

export type TableLayoutModel = ReturnType<typeof createTableLayout>;
