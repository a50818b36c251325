import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { normalPath } from '../words/json-path.ts';
import type { Row } from './row.ts';

export const tabs = ['overview', 'claims', 'privileges', 'findings', 'places', 'validity', 'raw'] as const;
export type Tab = (typeof tabs)[number];

/** Which tokens the user chose, and what of them is open. */
export function createSelection(shownRows: ReadonlySignal<readonly Row[]>, rowById: ReadonlySignal<Map<string, Row>>) {
  const ids = signal<readonly string[]>([]);
  const tab = signal<Tab>('overview');
  /** What to bring into view in the open tab: `claims.exp`, `sightings[0]`, `finding exp-missing claims.exp`. */
  const spotlight = signal<string | null>(null);
  const selected = computed(() => ids.value.flatMap((id) => rowById.value.get(id) ?? []));
  /** The row whose details are open: the one chosen last. */
  const active = computed(() => selected.value.at(-1) ?? null);

  /** From the token chosen first to this one, in the order of the list. */
  function rangeTo(id: string): readonly string[] {
    const listed = shownRows.value.map(({ subject }) => subject.token.id);
    const from = listed.indexOf(ids.value[0] ?? id);
    const to = listed.indexOf(id);
    const [first, last] = from < to ? [from, to] : [to, from];
    const between = listed.slice(Math.max(0, first), last + 1);
    return from < to ? between : between.reverse();
  }

  function toggled(id: string): readonly string[] {
    const without = ids.value.filter((one) => one !== id);
    return without.length < ids.value.length ? without : [...without, id];
  }

  return {
    ids,
    selected,
    active,
    tab,
    spotlight,

    select(id: string, how: 'only' | 'toggle' | 'range' = 'only'): void {
      spotlight.value = null;
      ids.value = how === 'only' ? [id] : how === 'toggle' ? toggled(id) : rangeTo(id);
    },

    deselect(): void {
      ids.value = [];
      spotlight.value = null;
    },

    openTab(chosen: Tab): void {
      tab.value = chosen;
      spotlight.value = null;
    },

    /** Opens the details of a token at a tab, and brings one thing in it into view. */
    show(id: string, where: Tab, at: string | null = null): void {
      batch(() => {
        ids.value = [id];
        tab.value = where;
        spotlight.value = at === null ? null : normalPath(at);
      });
    },
  };
}

export type Selection = ReturnType<typeof createSelection>;
