import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import type { ExpectationResult } from '../../engine/expect/check-expectations.ts';
import type { Expectations } from '../../engine/expect/expectations.ts';
import { find, inspect } from '../../engine/inspect.ts';
import type { Finding, Subject } from '../../engine/model/report.ts';
import { createExpectations } from './expectations.ts';

function begin(capture = captureOf({ stores: [localStorageOf({ auth: daily.guest() })] })) {
  const expected = signal<Expectations>({ expect: [] });
  const saved: string[] = [];
  const results = signal<readonly ExpectationResult[]>([]);
  const isWhole = signal(true);
  const filtered = signal<Subject[] | null>(null);
  const report = signal(inspect(find(capture).sightings, { now, policy: standard, page: capture.page }));
  const failures: string[] = [];
  const expectations = createExpectations({
    expected,
    results,
    report,
    pageUrl: signal(capture.page?.url ?? null),
    mark: signal<string | null>(null),
    filtered: () => filtered.value?.map((subject) => ({ subject, versions: [] })) ?? null,
    isWhole,
    save: async ({ text }) => void saved.push(text),
    say: () => {},
    openLock: async () => {},
    fail: (what, error) => failures.push(`${what}: ${(error as Error).message}`),
  });
  return { expected, saved, filtered, report, results, isWhole, failures, expectations };
}

test('what is seen is expected only once all of it is judged', async () => {
  const { isWhole, failures, expectations } = begin();
  isWhole.value = false;
  await expectations.expectWhatIsSeen();
  expect(expectations.list.value).toEqual([]);
  expect(failures).toEqual(['Expectations could not be made: not all tokens are judged yet; try again in a moment.']);
  isWhole.value = true;
  await expectations.expectWhatIsSeen();
  await expectations.expectAnyway();
  expect(expectations.list.value.length).toBeGreaterThan(0);
});

test('results of a list that has changed since are none', () => {
  const { expected, results, expectations } = begin();
  expected.value = { expect: [{ name: 'one', count: 1, tokens: {} }] };
  expect(expectations.results.value).toEqual([]);
  results.value = [{ name: 'one', held: false, says: 'expected one', expected: 'one', found: 'none' }];
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
  await expectations.add({ name: 'one', count: 1, tokens: {} });
  await expectations.expectAnyway();
  await expectations.save();
  expect(JSON.parse(saved[0] ?? '')).toEqual({
    pages: file.pages,
    expect: [
      { ...file.expect[0], name: 'guests are no hosts' },
      { name: 'one', count: 1, tokens: {} },
    ],
  });
});

test('what is wrong by medium severity or worse is expected only by who is sure, and what came since is asked about again', async () => {
  const { report, expectations } = begin();
  const medium = (rule: string) => ({ ...report.value.subjects[0]?.findings[0], rule, severity: 'medium' }) as Finding;
  const withFindings = (...rules: string[]) => ({
    ...report.value,
    subjects: report.value.subjects.map((one) => ({ ...one, findings: rules.map(medium) })),
  });
  report.value = withFindings('exp-missing');
  await expectations.expectWhatIsSeen();
  await expectations.expectWhatIsSeen();
  expect(expectations.doubts.value.map(({ rule }) => rule)).toEqual(['exp-missing']);
  report.value = withFindings('exp-missing', 'url-query');
  await expectations.expectAnyway();
  expect(expectations.doubts.value.map(({ rule }) => rule)).toEqual(['exp-missing', 'url-query']);
  expect(expectations.list.value).toEqual([]);
  await expectations.expectAnyway();
  expect(expectations.doubts.value).toEqual([]);
  expect(expectations.list.value.length).toBeGreaterThan(0);
});

test('of a filtered list, what is listed is expected, and only that is asked about', async () => {
  const stores = [localStorageOf({ a: daily.guest({ r: 'standup' }), b: daily.guest({ r: 'retro' }) })];
  const { report, filtered, expectations } = begin(captureOf({ stores }));
  filtered.value = report.value.subjects.filter(({ facts }) => facts.room === 'retro');
  await expectations.expectWhatIsSeen();
  await expectations.expectAnyway();
  expect(expectations.list.value.map(({ tokens }) => tokens?.room)).toEqual(['retro']);
  filtered.value = [];
  await expectations.expectWhatIsSeen();
  expect(expectations.doubts.value).toEqual([]);
  expect(expectations.list.value).toHaveLength(1);
});
