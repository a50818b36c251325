import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWhole } from '../sampled.ts';
import { fuzzed } from './fuzzed.ts';

/** Cases of each property, of which `npm test` takes half; `npm run fuzz` takes more, and a new seed each time. */
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
    const numRuns = (samples[name] ?? 0) / (isWhole ? 1 : 2);
    const result = await fc.check(property as never, { numRuns, seed: 20261120 });
    expect(result.failed ? fc.defaultReportMessage(result) : '').toBe('');
    expect(result.numRuns).toBe(numRuns);
  },
);

test('the shares of the cases add up', () => {
  expect(fuzzed.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});
