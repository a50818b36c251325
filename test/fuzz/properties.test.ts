import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fuzzed } from './fuzzed.ts';

/** Cases of each property; `npm run fuzz` takes more, and a new seed each time. */
const samples: Record<string, number> = {
  isFoundExactly: 8000,
  neverThrows: 1000,
  decodesAnything: 8000,
  survivesThePipeline: 800,
  readsAnyInput: 500,
  leavesNothingUsable: 200,
  refusesOrReadsRules: 500,
  verifiesAnything: 300,
};

test.each(fuzzed.map(({ name, says, property }) => [says, name, property] as const))(
  '%s',
  { timeout: 120_000 },
  async (_, name, property) => {
    // The seed is fixed, so that a failure is the same for everyone.
    const result = await fc.check(property as never, { numRuns: samples[name] ?? 0, seed: 20261120 });
    expect(result.failed ? fc.defaultReportMessage(result) : '').toBe('');
    expect(result.numRuns).toBe(samples[name]);
  },
);

test('the shares of the cases add up', () => {
  expect(fuzzed.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});
