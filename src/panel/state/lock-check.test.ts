import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, hours, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { lock } from '../../engine/report/formats/lock.ts';
import { createLockCheck, looksLikeLock } from './lock-check.ts';

const reportOf = (entries: Record<string, string>) =>
  inspect(find(captureOf({ stores: [localStorageOf(entries)] })).sightings, { now, policy: standard });

function begin(entries: Record<string, string> = { auth: daily.guest({ iat: now }) }) {
  const report = signal(reportOf(entries));
  const isWhole = signal(true);
  const saved: string[] = [];
  const failures: string[] = [];
  const check = createLockCheck({
    report,
    isWhole,
    save: async ({ text }) => void saved.push(text),
    say: () => {},
    fail: (what, error) => failures.push(`${what}: ${(error as Error).message}`),
  });
  const says = () => check.changes.value?.map((change) => change.says) ?? null;
  return { report, isWhole, saved, failures, check, says, written: lock.write(report.value, {}) };
}

test('a lock that is opened is compared with what is on screen, again with every change of it', async () => {
  const { report, isWhole, check, says, written } = begin();
  expect(says()).toBeNull();
  await check.open('guest.lock.json', written);
  expect(check.name.value).toBe('guest.lock.json');
  expect(says()).toEqual([]);
  report.value = reportOf({ auth: daily.guest({ iat: now, exp: now + hours(12) }) });
  expect(says()).toEqual(['Daily guest lives 12 h, was 1 h']);
  report.value = reportOf({});
  expect(says()).toEqual([expect.stringMatching(/^Daily guest was not seen/)]);
  isWhole.value = false;
  expect(says()).toBeNull();
});

test('what changed is accepted and saved, and holds from then on; nothing is not', async () => {
  const { report, saved, failures, check, says, written } = begin();
  await check.open('guest.lock.json', written);
  report.value = reportOf({ auth: daily.host() });
  await check.accept();
  expect(saved).toEqual([lock.write(report.value, {})]);
  expect(says()).toEqual([]);
  report.value = reportOf({});
  await check.accept();
  expect(saved).toHaveLength(1);
  expect(failures).toEqual([
    'The lock could not be saved: there is no token, and a lock of nothing would always hold.',
  ]);
});

test('a file that is no right lock is told, and leaves the one before', async () => {
  const { failures, check, written } = begin();
  await check.open('guest.lock.json', written);
  await check.open('other.json', '{"lock":1}');
  expect(failures).toEqual([expect.stringMatching(/^other\.json could not be opened: policy is missing/)]);
  expect(check.name.value).toBe('guest.lock.json');
});

test('a lock is told from a list of expectations by how it begins', () => {
  const { written } = begin();
  for (const text of [written, `\ufeff${written}`, '{"lock":2}', ' {\n "lock" : 1'])
    expect(looksLikeLock(text)).toBe(true);
  for (const text of ['{"expect":[]}', '{"$schema":"./expectations.schema.json","expect":[]}', '[]', '', '{'])
    expect(looksLikeLock(text)).toBe(false);
});
