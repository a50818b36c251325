import type { Expectation } from '../../engine/expect/expectations.ts';

/** Those of `made` that are not expected yet, whatever their names. */
export function missingIn(list: readonly Expectation[], made: readonly Expectation[]): Expectation[] {
  const known = new Set(list.map((one) => JSON.stringify({ ...one, name: '' })));
  return made.filter((one) => !known.has(JSON.stringify({ ...one, name: '' })));
}
