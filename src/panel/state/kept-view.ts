import { batch, computed, effect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Host, StoredView } from '../host.ts';
import type { Filter } from './filter.ts';
import { keptFilter } from './kept-filter.ts';
import type { Layout } from './layout.ts';
import { type View, views } from './navigation.ts';
import type { Row } from './row.ts';
import { type Tab, tabs } from './selection.ts';
import { readTableLayout, type TableLayout, type TableLayoutModel, usualLayout } from './table-layout.ts';

export interface KeptViewOptions {
  host: Pick<Host, 'view'>;
  fail: (what: string, error: unknown) => void;
  /** All rows: what could be a part of one of their tokens is not kept. */
  rows: ReadonlySignal<readonly Row[]>;
  filter: Pick<Filter, 'text' | 'severity' | 'platform'>;
  view: Signal<View>;
  tab: Signal<Tab>;
  tableLayout: Pick<TableLayoutModel, 'state' | 'restore'>;
  layout: Layout;
  exportFormat: Signal<string | null>;
  /** Hears of what was stored and could not be read. */
  tellLeftOut: (what: readonly string[]) => void;
}

/** Keeps how the panel was left, and leaves it so again when it opens. No token, and no part of one, is among it. */
export function createKeptView(options: KeptViewOptions) {
  const { host, fail, filter, layout, tellLeftOut } = options;
  const now = computed(() => viewOf(options));
  const save = createSaver(
    (view: StoredView) => host.view.save(view),
    (error) => fail('How the panel was left could not be kept', error),
  );

  async function load(): Promise<void> {
    try {
      const { value, leftOut } = await host.view.load();
      const table = value.table ? oddIn(value.table) : [];
      tellLeftOut([...leftOut, ...table]);
      batch(() => restore(value));
    } catch (error) {
      fail('How the panel was left could not be read', error);
    }
  }

  /** What is not as it is at first was changed before this was read, and stays. */
  function restore(view: Partial<StoredView>): void {
    const { text, severity, platform } = filter;
    const { tableLayout, tab, exportFormat } = options;
    if (view.filter && text.peek() === '') text.value = view.filter;
    if (view.severity) severity.value ??= view.severity;
    if (view.platform) platform.value ??= view.platform;
    if (isOne(views, view.view) && options.view.peek() === 'tokens') options.view.value = view.view;
    if (isOne(tabs, view.tab) && tab.peek() === 'overview') tab.value = view.tab;
    if (view.table && tableLayout.state.peek() === usualLayout) tableLayout.restore(view.table);
    if (!layout.isChanged()) layout.restore({ beside: view.beside, below: view.below });
    if (view.exportFormat) exportFormat.value ??= view.exportFormat;
  }

  return {
    /** Reads how it was left, and keeps what changes from then on, until the returned function is called. */
    open(): () => void {
      let stop: () => void = () => {};
      let isClosed = false;
      void load().then(() => {
        if (isClosed) return;
        let known = JSON.stringify(now.peek());
        stop = effect(() => {
          const written = JSON.stringify(now.value);
          if (written === known) return;
          known = written;
          save(now.value);
        });
      });
      return () => {
        isClosed = true;
        stop();
      };
    },
  };
}

function viewOf(options: KeptViewOptions): StoredView {
  const { rows, filter, view, tab, tableLayout, layout, exportFormat } = options;
  const { beside, below } = layout.fractions.value;
  return {
    filter: keptFilter(filter.text.value, rows.value) || null,
    severity: filter.severity.value,
    platform: keptPlatform(filter.platform.value, rows.value),
    view: view.value,
    tab: tab.value,
    table: tableLayout.state.value === usualLayout ? null : { ...tableLayout.state.value },
    beside,
    below,
    exportFormat: exportFormat.value,
  };
}

/** In a report that somebody saved, anything may be the name of a platform. */
function keptPlatform(id: string | null, rows: readonly Row[]): string | null {
  return id !== null && /^[a-z\d-]{1,40}$/.test(id) && keptFilter(id, rows) === id ? id : null;
}

/** What of a kept arrangement of the list is not as it should be, in words. */
function oddIn(given: object): string[] {
  const read = readTableLayout(given);
  const { columns, sort, grouping } = given as { [Name in keyof TableLayout]?: unknown };
  const isRead = (one: unknown) => read.columns.some(({ id }) => id === (one as { id?: unknown } | null)?.id);
  const isColumnLost = columns !== undefined && !(Array.isArray(columns) && columns.every(isRead));
  return [
    ...(isColumnLost ? ['columns of the list'] : []),
    ...(sort && !read.sort ? ['the order of the list'] : []),
    ...(grouping && !read.grouping ? ['the groups of the list'] : []),
  ];
}

function isOne<T extends string>(all: readonly T[], one: unknown): one is T {
  return all.some((known) => known === one);
}

/** Saves one after the other; of what comes meanwhile, the latest. */
function createSaver<Value>(write: (value: Value) => Promise<void>, fail: (error: unknown) => void) {
  let next: { value: Value } | null = null;
  let isWriting = false;
  return (value: Value): void => {
    next = { value };
    if (!isWriting) void writeAll();
  };

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (next) {
      const { value } = next;
      next = null;
      try {
        await write(value);
      } catch (error) {
        fail(error);
      }
    }
    isWriting = false;
  }
}
