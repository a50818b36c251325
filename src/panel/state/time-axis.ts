/** A line from the earliest moment to the latest, on which minutes around the middle and years beside it are both seen. */
export interface TimeAxis {
  /** Where a moment stands, 0 to 1; one beyond either end stands at that end. Seconds since the epoch. */
  at(seconds: number): number;
  /** The moment that stands there. */
  timeAt(fraction: number): number;
  /** Moments to mark, with how far they are from the middle: `-1 h`, `30 d`. */
  ticks: { at: number; words: string }[];
}

/** Up to this far from the middle, in seconds, the axis is even; beyond it grows by powers. */
const even = 60;
const steps: readonly (readonly [seconds: number, words: string])[] = [
  [60, '1 min'],
  [600, '10 min'],
  [3600, '1 h'],
  [6 * 3600, '6 h'],
  [86_400, '1 d'],
  [7 * 86_400, '7 d'],
  [30 * 86_400, '30 d'],
  [365 * 86_400, '1 y'],
  [10 * 365 * 86_400, '10 y'],
];

const shrink = (seconds: number) => Math.asinh(seconds / even);
const grow = (shrunk: number) => Math.sinh(shrunk) * even;

/** An axis around a moment that reaches to all the others, ten years at most. Seconds since the epoch. */
export function timeAxis(middle: number, moments: Iterable<number>): TimeAxis {
  let before = 0;
  let after = 0;
  for (const moment of moments) {
    before = Math.max(before, middle - moment);
    after = Math.max(after, moment - middle);
  }
  const [back, ahead] = [reach(before), reach(after)];
  const [start, end] = [-shrink(back), shrink(ahead)];
  const marked = [
    ...steps.filter(([seconds]) => seconds <= back).map(([seconds, words]) => ({ at: -seconds, words: `-${words}` })),
    ...steps.filter(([seconds]) => seconds <= ahead).map(([seconds, words]) => ({ at: seconds, words })),
  ];
  return {
    at: (seconds) => Math.min(1, Math.max(0, (shrink(seconds - middle) - start) / (end - start))),
    timeAt: (fraction) => middle + grow(start + fraction * (end - start)),
    ticks: marked.map(({ at, words }) => ({ at: middle + at, words })),
  };
}

/** The next step that a span fits into, so that an axis stays as it is while little changes; a tenth more than the longest. */
function reach(seconds: number): number {
  const step = steps.find(([length]) => length >= Math.max(600, seconds * 1.02));
  return (step ?? steps.at(-1) ?? [even])[0];
}
