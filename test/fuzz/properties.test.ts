import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWhole } from '../sampled.ts';
import { fuzzed } from './fuzzed.ts';

/** Cases of each property, of which `npm test` takes half; `npm run fuzz` takes more, and a new seed each time. */
const samples: Record<string, number> = {
  isFoundExactly: 8000,
  neverThrows: 1000,
  staysInBudget: 400,
  decodesAnything: 8000,
  survivesThePipeline: 500,
  readsAnyInput: 400,
  readsAnyBytes: 120,
  leavesNothingUsable: 150,
  leavesNoBytesUsable: 30,
  masksWhatIsWritten: 20,
  locksAnything: 30,
  comparesAnySeats: 30,
  refusesOrReadsRules: 300,
  checksAnyStep: 100,
  verifiesAnything: 300,
  judgesAnything: 200,
  readsAnyReply: 600,
  answersAnyQuestion: 100,
  refusesOrReadsConfig: 30,
  readsAnyProbe: 600,
  readsAnyRecord: 600,
  hearsAnyTraffic: 100,
  hearsAnyMessage: 600,
  readsAnySettings: 600,
  filtersByAnything: 300,
  carriesOutAnyLine: 200,
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
  expect(fuzzed.reduce((sum, { share }) => sum + share, 0)).toBe(1000);
});
