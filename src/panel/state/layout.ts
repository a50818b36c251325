import { signal } from '@preact/signals';

/** The least that either pane is left. */
export const leastFraction = 0.15;

export interface Fractions {
  /** Of the list beside the details, 0 to 1. */
  beside: number;
  /** Of the list above the details, 0 to 1. */
  below: number;
}

/** How the panes share the room. */
export function createLayout() {
  const atFirst: Fractions = { beside: 0.45, below: 0.42 };
  const fractions = signal(atFirst);
  const bounded = (to: number) => Math.min(1 - leastFraction, Math.max(leastFraction, Math.round(to * 1000) / 1000));
  return {
    fractions,
    isChanged: (): boolean => fractions.peek() !== atFirst,

    resize(axis: keyof Fractions, to: number): void {
      fractions.value = { ...fractions.value, [axis]: bounded(to) };
    },

    /** As it was left; what is not told stays. */
    restore({ beside, below }: { [Axis in keyof Fractions]?: number | null | undefined }): void {
      const { value: known } = fractions;
      fractions.value = { beside: bounded(beside ?? known.beside), below: bounded(below ?? known.below) };
    },
  };
}

export type Layout = ReturnType<typeof createLayout>;
