import { computed, type ReadonlySignal } from '@preact/signals';
import type { Navigation } from './lines.ts';
import { momentsOf } from './moments.ts';
import type { Row } from './row.ts';
import { type TimeAxis, timeAxis } from './time-axis.ts';

/** Seconds for which the axis stands still: it need not creep with every tick of the clock. */
const still = 10;

export interface TimescaleOptions {
  listed: ReadonlySignal<readonly Row[]>;
  navigations: ReadonlySignal<readonly Navigation[]>;
  /** Seconds since the epoch. */
  now: ReadonlySignal<number>;
}

/** The one axis on which the times of all listed tokens are drawn: around now, to the earliest and the latest of them. */
export function createTimescale({ listed, navigations, now }: TimescaleOptions) {
  const middle = computed(() => Math.floor(now.value / still) * still);
  return {
    axis: computed<TimeAxis>(() =>
      timeAxis(middle.value, [...momentsOf(listed.value), ...navigations.value.map(({ at }) => at)]),
    ),
    navigations,
  };
}
