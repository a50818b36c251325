import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import type { ExpectationResult } from '../../engine/expect/check-expectations.ts';
import type { Expectation } from '../../engine/expect/expectations.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { createExpectations } from './expectations.ts';

function begin() {
  const capture = captureOf({ stores: [localStorageOf({ auth: daily.guest() })] });
  const list = signal<readonly Expectation[]>([]);
  const results = signal<readonly ExpectationResult[]>([]);
  const isWhole = signal(true);
  const failures: string[] = [];
  const expectations = createExpectations({
    list,
    results,
    report: signal(inspect(find(capture).sightings, { now, policy: standard, page: capture.page })),
    isWhole,
    save: async () => {},
    say: () => {},
    openLock: async () => {},
    fail: (what, error) => failures.push(`${what}: ${(error as Error).message}`),
  });
  return { list, results, isWhole, failures, expectations };
}

test('what is seen is expected only once all of it is judged', async () => {
  const { list, isWhole, failures, expectations } = begin();
  isWhole.value = false;
  await expectations.expectWhatIsSeen();
  expect(list.value).toEqual([]);
  expect(failures).toEqual(['Expectations could not be made: not all tokens are judged yet; try again in a moment.']);
  isWhole.value = true;
  await expectations.expectWhatIsSeen();
  expect(list.value.length).toBeGreaterThan(0);
});

test('results of a list that has changed since are none', () => {
  const { list, results, expectations } = begin();
  list.value = [{ name: 'one', count: 1, tokens: {} }];
  expect(expectations.results.value).toEqual([]);
  results.value = [{ name: 'one', held: false, says: 'expected one' }];
  expect(expectations.failedCount.value).toBe(1);
  list.value = [];
  expect(expectations.results.value).toEqual([]);
});
