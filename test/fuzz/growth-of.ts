/** What was measured of an entry point and a shape, and what is too much of it. */

const mostGrowth = 2.2;
const mostTimes = 20;
/** Milliseconds below which a clock tells nothing: what takes less is no burden, however it grows. */
export const least = 8;

/** Milliseconds of processor time, for one text and one that is twice as long. */
export interface Measured {
  /** The name of the entry point. */
  entry: string;
  /** The name of the shape. */
  shape: string;
  once: number;
  twice: number;
  /** What `JSON.parse` takes for the first text. */
  parse: number;
  /** How long the two texts are, in characters: shapes do not always come out at exactly twice the length. */
  lengths: readonly [number, number];
  /** Whether something is done for each of many, which takes its time. */
  isOfMany: boolean;
}

/**
 * How much more a text takes that is twice as long: over all that was measured of one pair, from the shortest text to the longest.
 * Where one doubling leaves the caches of the processor, another does not.
 */
function growthOf(measured: readonly Measured[]): number {
  const [first, last] = [measured[0], measured.at(-1)];
  if (!first || !last || last.twice < least) return 0;
  return (last.twice / first.once) ** (1 / Math.log2(last.lengths[1] / first.lengths[0]));
}

/** Of one pair, at each of the lengths that were measured. */
export function isTooMuch(measured: readonly Measured[]): boolean {
  const isLong = ({ isOfMany, once, parse }: Measured) => once / parse > mostTimes && once > least && !isOfMany;
  return growthOf(measured) > mostGrowth || measured.every(isLong);
}

/** The least of what was measured of one pair at two times. */
export function leastOf(first: readonly Measured[], again: readonly Measured[]): Measured[] {
  return first.map((one, at) => {
    const { once, twice, parse } = again[at] ?? one;
    return {
      ...one,
      once: Math.min(one.once, once),
      twice: Math.min(one.twice, twice),
      parse: Math.min(one.parse, parse),
    };
  });
}

/** For a reader, of one pair. */
export function lineOf(measured: readonly Measured[]): string {
  const [{ entry, shape }] = measured as [Measured];
  const costs = measured.map(
    ({ once, twice, parse, lengths: [short, long] }) =>
      `${short} characters ${once.toFixed(1)} ms, ${(once / parse).toFixed(0)} times JSON.parse, ${long} characters ${twice.toFixed(1)} ms`,
  );
  return `${entry}, ${shape}: ${growthOf(measured).toFixed(2)} on doubling; ${costs.join('; ')}`;
}
