import { type Signal, signal } from '@preact/signals';

/** What of the list is folded: groups are open until they are closed, earlier versions of a token closed until they are opened. */
export function createFolds() {
  /** By key of the group. */
  const closedGroups = signal<ReadonlySet<string>>(new Set());
  /** By id of the latest version. */
  const openVersions = signal<ReadonlySet<string>>(new Set());

  return {
    closedGroups,
    openVersions,
    setGroup: (key: string, isOpen: boolean): void => put(closedGroups, key, !isOpen),
    setVersions: (id: string, isOpen: boolean): void => put(openVersions, id, isOpen),

    closeGroups(keys: readonly string[]): void {
      closedGroups.value = new Set(keys);
    },
  };
}

function put(set: Signal<ReadonlySet<string>>, member: string, isIn: boolean): void {
  if (set.value.has(member) === isIn) return;
  const next = new Set(set.value);
  if (isIn) next.add(member);
  else next.delete(member);
  set.value = next;
}

export type Folds = ReturnType<typeof createFolds>;
