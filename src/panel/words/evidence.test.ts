import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { findingOf, rowsOf } from '../../../test/builders/panel-rows.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { evidenceOf } from './evidence.ts';

const inner = daily.guest();
const claims = {
  sub: 'ada',
  exp: now + 60,
  list: [1, { role: 'owner' }],
  inner,
  long: 'word '.repeat(200),
  config: { key: 'k' },
};
const [row] = rowsOf(captureOf({ stores: [localStorageOf({ auth: jwt(claims, { kid: 'k-1' }) })] }));
const evidence = (at: string | null, parts = {}) => row && evidenceOf(findingOf({ at, ...parts }), row.subject);

test('the value that a finding speaks of, in header and claims', () => {
  expect(evidence('claims.exp')).toBe(String(now + 60));
  expect(evidence('claims.list[1].role')).toBe('"owner"');
  expect(evidence('header.kid')).toBe('"k-1"');
});

test('no value where there is none, or no single one', () => {
  for (const at of [null, 'claims.absent', 'claims.__proto__', 'claims.config', 'sightings[0]', 'signature'])
    expect(evidence(at), String(at)).toBeNull();
  expect(evidence('claims.exp', { tokens: ['a', 'b'] })).toBeNull();
});

test('a token in it is masked, a long text is cut, and a secret is not shown', () => {
  expect(evidence('claims.inner')).not.toContain(inner.split('.')[2]);
  expect(evidence('claims.long')?.length).toBeLessThan(170);
  expect(evidence('claims.sub', { rule: 'payload-secret' })).toBeNull();
});
