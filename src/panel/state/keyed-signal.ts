import { type ReadonlySignal, signal } from '@preact/signals';

/** A signal of values by id; null takes one away. */
export function createKeyedSignal<Value>() {
  const all = signal<ReadonlyMap<string, Value>>(new Map());
  return {
    all: all as ReadonlySignal<ReadonlyMap<string, Value>>,

    set(id: string, value: Value | null): void {
      const next = new Map(all.value);
      if (value === null) next.delete(id);
      else next.set(id, value);
      all.value = next;
    },

    clear(): void {
      all.value = new Map();
    },
  };
}
