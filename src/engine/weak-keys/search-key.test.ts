import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { hours, jwt, now, rawJwt, unsecuredJwt } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import type { FoundKey, Subject } from '../model/report.ts';
import { commonCount, commonSecrets } from './common-secrets.ts';
import { derivedKeys, mostDerived } from './derived-keys.ts';
import { isSearchable, type SearchProgress, searchKey } from './search-key.ts';

const claims = { iss: 'https://login.acme.com', sub: 'ada', aud: 'calls-api', exp: now + hours(1) };

function subject(token: string): Subject {
  const [found] = judge({ local: { t: token } }).subjects;
  if (!found) throw new Error('no token found');
  return found;
}

/** Runs a search to its end. */
function run(
  token: string,
  options: Parameters<typeof searchKey>[1] = {},
): { key: FoundKey | null; steps: SearchProgress[] } {
  const search = searchKey(subject(token), options);
  const steps: SearchProgress[] = [];
  for (;;) {
    const { done, value } = search.next();
    if (done) return { key: value, steps };
    steps.push(value);
  }
}

test.each(['HS256', 'HS384', 'HS512'])('%s: a published key is found and named', (alg) => {
  expect(run(jwt(claims, { alg }, 'your-256-bit-secret')).key).toEqual({
    kind: 'known',
    says: '"your-256-bit-secret", which is known from jwt.io',
  });
});

test.each([
  ['an empty key', '', 'blank'],
  ['a zero byte', '\0', 'blank'],
  ['the LiveKit development key', 'secret', 'known'],
  ['the MiroTalk default', 'mirotalksfu_jwt_secret', 'known'],
  ['the Jitsi Docker sample', 'my_jitsi_app_secret', 'known'],
  ['a common word with an ending', 'password123', 'known'],
  ['a common word in capitals', 'MYSECRET', 'known'],
  ['the issuer', 'https://login.acme.com', 'derivable'],
  ["the issuer's host with an ending", 'login.acme.com-secret', 'derivable'],
  ['the audience', 'calls-api', 'derivable'],
  ['the host of the page', 'call.acme.com', 'derivable'],
])('%s is found', (_, key, kind) => {
  const token = key === '' || key === '\0' ? forged(key) : jwt(claims, {}, key);
  expect(run(token).key?.kind).toBe(kind);
});

test('a key is tried as text, as hexadecimal and as base64', () => {
  const hex = '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7';
  expect(run(jwt(claims, {}, hex)).key?.kind).toBe('known');
  expect(run(forged(Buffer.from(hex, 'hex'))).key?.kind).toBe('known');
  expect(run(forged(Buffer.from('super-secret-jwt-token-with-at-least-32-characters-long', 'base64'))).key?.kind).toBe(
    'known',
  );
});

test('a text of the page is tried, and told by where it comes from, not by what it is', () => {
  const key = 'q7W2e9R4t1Y6u3I8o5P0';
  const found = run(jwt(claims, {}, key), { literals: ['other', key] }).key;
  expect(found).toEqual({ kind: 'derivable', says: 'a text on the page' });
  expect(JSON.stringify(found)).not.toContain(key);
});

test('a random key is not found, and progress never goes back', () => {
  const { key, steps } = run(jwt(claims, {}, 'q7W2e9R4t1Y6u3I8o5P0a7S2d9F4'), { batch: 50_000 });
  expect(key).toBeNull();
  expect(steps.length).toBeGreaterThan(2);
  for (const [index, { tried, total }] of steps.entries()) {
    expect(tried).toBeLessThanOrEqual(total);
    if (index > 0) expect(tried).toBeGreaterThan(steps[index - 1]?.tried ?? 0);
  }
}, 60_000);

test('a search stops where it is left', () => {
  const search = searchKey(subject(jwt(claims, {}, 'q7W2e9R4t1Y6u3I8o5P0a7S2d9F4')), { batch: 100 });
  expect(search.next().done).toBe(false);
  expect(search.return(null)).toEqual({ done: true, value: null });
  expect(search.next()).toEqual({ done: true, value: undefined });
});

test('there is nothing to look for in other tokens', () => {
  for (const token of [unsecuredJwt(claims), rawJwt({ alg: 'HS256', typ: 'JWT' }, claims, 'devtoken')]) {
    const { token: read } = subject(token);
    expect(isSearchable(read)).toBe(false);
    expect(run(token)).toEqual({ key: null, steps: [] });
  }
  expect(isSearchable(subject(jwt(claims)).token)).toBe(true);
});

test('what is taken from the page is bounded', () => {
  const literals = Array.from({ length: 100_000 }, (_, index) => `literal-${index}`);
  const { token, facts, sightings } = subject(jwt(claims));
  expect([...derivedKeys({ token, facts, sightings }, { page: null, literals })].length).toBe(mostDerived);
});

test('the list of common secrets is as long as it says', () => {
  expect([...commonSecrets()].length).toBe(commonCount);
});

test('a key that was found becomes a finding', () => {
  const token = jwt(claims, {}, 'secret');
  const key = run(token).key;
  const report = judge({ local: { t: token }, ...(key ? { key } : {}) });
  expect(report.summary.critical).toBe(1);
});

/** A token signed with any bytes, which the JWT library refuses as keys. */
function forged(key: string | Buffer): string {
  const input = rawJwt({ alg: 'HS256', typ: 'JWT' }, claims, '').slice(0, -1);
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
}
