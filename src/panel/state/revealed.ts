import { signal } from '@preact/signals';

/** Tokens the user wants to see whole, by id, each chosen alone. */
export function createRevealed() {
  const ids = signal<ReadonlySet<string>>(new Set());
  return {
    has: (id: string): boolean => ids.value.has(id),

    toggle(id: string): void {
      const next = new Set(ids.value);
      if (!next.delete(id)) next.add(id);
      ids.value = next;
    },
  };
}
