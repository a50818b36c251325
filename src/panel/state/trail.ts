import { batch, computed, signal } from '@preact/signals';
import { isSameList } from '../../engine/text/same-list.ts';
import type { FindingList } from './finding-list.ts';
import type { NavigationModel, View } from './navigation.ts';
import type { Selection, Tab } from './selection.ts';

/** What is looked at. */
export interface Location {
  view: View;
  /** Tokens that are chosen. */
  ids: readonly string[];
  tab: Tab;
  spotlight: string | null;
  /** Key of the finding that is open among all. */
  finding: string | null;
}

/** Steps that can be taken back at most. */
const most = 50;

interface TrailOptions {
  navigation: Pick<NavigationModel, 'view'>;
  selection: Pick<Selection, 'ids' | 'tab' | 'spotlight' | 'show'>;
  findings: Pick<FindingList, 'openKey'>;
}

/** Leads from one thing to another, and back to where one came from: until something else is chosen by hand. */
export function createTrail({ navigation, selection, findings }: TrailOptions) {
  const steps = signal<readonly { from: Location; to: Location }[]>([]);

  const here = (): Location => ({
    view: navigation.view.value,
    ids: selection.ids.value,
    tab: selection.tab.value,
    spotlight: selection.spotlight.value,
    finding: findings.openKey.value,
  });

  /** Where back leads; null where nothing led here, or one is back already. */
  const from = computed(() => {
    const last = steps.value.at(-1);
    const now = here();
    return last && isReached(last.to, now) && !isSame(last.from, { ...now, spotlight: last.from.spotlight })
      ? last.from
      : null;
  });

  return {
    from,

    /** Opens the details of a token at a tab, and brings one thing in it into view. */
    show(id: string, tab: Tab, at: string | null = null): void {
      const before = here();
      const kept = from.peek() === null ? [] : steps.peek();
      batch(() => {
        navigation.view.value = 'tokens';
        selection.show(id, tab, at);
      });
      const to = here();
      if (!isSame(before, to)) steps.value = [...kept, { from: before, to }].slice(-most);
    },

    back(): void {
      const last = from.peek();
      if (last === null) return;
      batch(() => {
        steps.value = steps.peek().slice(0, -1);
        navigation.view.value = last.view;
        selection.ids.value = last.ids;
        selection.tab.value = last.tab;
        selection.spotlight.value = last.spotlight;
        findings.openKey.value = last.finding;
      });
    },
  };
}

export type Trail = ReturnType<typeof createTrail>;

/** Whether a step still leads here: another tab of the same token is no other place, another token is. */
function isReached(to: Location, now: Location): boolean {
  return to.view === now.view && isSameList(to.ids, now.ids);
}

function isSame(a: Location, b: Location): boolean {
  return isReached(a, b) && a.tab === b.tab && a.spotlight === b.spotlight;
}
