import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import type { ExpectationResult } from '../../engine/expect/check-expectations.ts';
import type { Expectations } from '../../engine/expect/expectations.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { createExpectations } from './expectations.ts';

function begin() {
  const capture = captureOf({ stores: [localStorageOf({ auth: daily.guest() })] });
  const expected = signal<Expectations>({ expect: [] });
  const saved: string[] = [];
  const results = signal<readonly ExpectationResult[]>([]);
  const isWhole = signal(true);
  const failures: string[] = [];
  const expectations = createExpectations({
    expected,
    results,
    report: signal(inspect(find(capture).sightings, { now, policy: standard, page: capture.page })),
    isWhole,
    save: async ({ text }) => void saved.push(text),
    say: () => {},
    openLock: async () => {},
    fail: (what, error) => failures.push(`${what}: ${(error as Error).message}`),
  });
  return { expected, saved, results, isWhole, failures, expectations };
}

test('what is seen is expected only once all of it is judged', async () => {
  const { isWhole, failures, expectations } = begin();
  isWhole.value = false;
  await expectations.expectWhatIsSeen();
  expect(expectations.list.value).toEqual([]);
  expect(failures).toEqual(['Expectations could not be made: not all tokens are judged yet; try again in a moment.']);
  isWhole.value = true;
  await expectations.expectWhatIsSeen();
  expect(expectations.list.value.length).toBeGreaterThan(0);
});

test('results of a list that has changed since are none', () => {
  const { expected, results, expectations } = begin();
  expected.value = { expect: [{ name: 'one', count: 1, tokens: {} }] };
  expect(expectations.results.value).toEqual([]);
  results.value = [{ name: 'one', held: false, says: 'expected one' }];
  expect(expectations.failedCount.value).toBe(1);
  expected.value = { expect: [] };
  expect(expectations.results.value).toEqual([]);
});

test('what marks of pages stand for is opened, changed beside and saved with what is expected', async () => {
  const { expected, saved, expectations } = begin();
  const file = {
    pages: { guest: ['https://call.example/guest/*'] },
    expect: [{ name: 'no host', on: 'guest', none: { role: 'host' } }],
  };
  await expectations.open(new File([JSON.stringify(file)], 'guests.json'));
  expect(expected.value).toEqual(file);
  expectations.rename(0, 'guests are no hosts');
  expectations.add({ name: 'one', count: 1, tokens: {} });
  await expectations.save();
  expect(JSON.parse(saved[0] ?? '')).toEqual({
    pages: file.pages,
    expect: [
      { ...file.expect[0], name: 'guests are no hosts' },
      { name: 'one', count: 1, tokens: {} },
    ],
  });
});
