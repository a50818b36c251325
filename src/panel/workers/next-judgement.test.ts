import { expect, test } from 'vitest';
import { captureOf, crowdedPage, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, now } from '../../../test/builders/tokens.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { nextJudgementAt } from './next-judgement.ts';

const judge = (claims: Record<string, number>, at = now) => {
  const picture = captureOf({ stores: [localStorageOf({ t: daily.guest(claims) })] });
  return inspect(find(picture).sightings, { now: at, policy: standard, page: picture.page });
};

test('a token about to expire is judged again when it does', () => {
  expect(nextJudgementAt(judge({ iat: now - 600, exp: now + 20 }))).toBe(now + 20);
});

test('every change of status is met within a second', () => {
  const claims = { iat: now - 600, nbf: now + 100, exp: now + 200 };
  const changes: number[] = [];
  let at = now;
  for (let status = judge(claims).subjects[0]?.times.status; at < now + 400; ) {
    at = nextJudgementAt(judge(claims, at));
    const next = judge(claims, at).subjects[0]?.times.status;
    if (next === status) continue;
    const before = judge(claims, at - 1).subjects[0]?.times.status;
    expect(before).toBe(status);
    changes.push(at);
    status = next;
  }
  expect(changes).toEqual([now + 40, now + 260]);
});

test('without a moment of its own a report is judged again now and then', () => {
  expect(nextJudgementAt(judge({ iat: now - 86_400, exp: now + 86_400 }))).toBe(now + 60);
});

test('moments with fractions, and beyond all clocks, do not stop it', () => {
  expect(nextJudgementAt(judge({ exp: now + 10.5 }))).toBe(now + 11);
  expect(nextJudgementAt(judge({ exp: 1e300 }))).toBe(now + 60);
});

test('thousands of tokens are not judged again every second', () => {
  const picture = crowdedPage(1000);
  const report = inspect(find(picture).sightings, { now: now + 70, policy: standard, page: picture.page });
  expect(nextJudgementAt(report)).toBe(now + 75);
});

test('an address is judged again when a page has had its time to clean it', () => {
  const report = judge({ iat: now - 600, exp: now + 3000 });
  const page = { url: 'https://call.example/', title: '', scriptOrigins: null, loadedAt: now - 2 };
  expect(nextJudgementAt(report, page)).toBe(now + 3);
  expect(nextJudgementAt(report, { ...page, loadedAt: now - 5 })).toBe(now + 60);
});
