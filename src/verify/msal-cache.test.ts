// @vitest-environment happy-dom
import { beforeAll, expect, test } from 'vitest';
import { pageOf } from '../../test/builders/captures.ts';
import { fillMsalCache, msalKey } from '../../test/builders/msal-cache.ts';
import { find } from '../engine/inspect.ts';
import type { Sighting } from '../engine/model/token.ts';
import { decryptMsalEntry, parseBaseKey } from './msal-cache.ts';

// Everything encrypted here was encrypted by MSAL Browser itself.
let kept: Awaited<ReturnType<typeof fillMsalCache>>;
let entries: Sighting[];
beforeAll(async () => {
  Object.assign(window.location, { href: 'https://call.acme.com/standup' });
  kept = await fillMsalCache();
  entries = find(pageOf({ local: kept.local })).sightings;
});

const otherKey = `${'B'.repeat(42)}A`;
const entryOf = (kind: string) => {
  const found = entries.find(({ place }) => place.key?.includes(`|${kind}|`));
  if (!found) throw new Error(`MSAL stored no ${kind}`);
  return found;
};
const open = ({ token, place }: Sighting, key = kept.cookie, names = [place.key ?? '']) =>
  decryptMsalEntry(token, parseBaseKey(key), names);

test('what MSAL stores is found: one entry for each kind of token', () => {
  expect(entries.map(({ form, note }) => [form, note])).toEqual(Array(3).fill(['msal-encrypted', 'encrypted-cache']));
  expect(new Set(entries.map(({ library }) => library?.label))).toEqual(
    new Set([
      'MSAL ID token (client 1f2e3d4c…), encrypted',
      'MSAL access token for api://orders/read (client 1f2e3d4c…), encrypted',
      'MSAL refresh token (client 1f2e3d4c…), encrypted',
    ]),
  );
});

test('each is decrypted with the cookie', async () => {
  for (const [kind, secret] of [
    ['accesstoken', kept.accessToken],
    ['idtoken', kept.idToken],
    ['refreshtoken', kept.refreshToken],
  ] as const) {
    const { outcome, plaintext = '' } = await open(entryOf(kind));
    expect(outcome).toBe('passed');
    expect(JSON.parse(plaintext)).toMatchObject({ secret });
  }
});

test('the key is read in every way it is copied', async () => {
  const value = kept.cookie.replace('msal.cache.encryption=', '');
  const json = decodeURIComponent(value);
  for (const text of [value, json, ` ${json}\n`, JSON.parse(json).key, `a=1; ${kept.cookie}; b=2`]) {
    expect(await open(entryOf('accesstoken'), text)).toMatchObject({ outcome: 'passed' });
  }
});

test('other keys, other clients and changed entries fail', async () => {
  const entry = entryOf('accesstoken');
  expect(await open(entry, otherKey)).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/does not decrypt/),
  });
  expect(await open(entry, JSON.stringify({ id: 'another', key: otherKey }))).toMatchObject({
    outcome: 'failed',
    reason: expect.stringMatching(/another browser session/),
  });
  expect(await open(entry, kept.cookie, [msalKey('accesstoken', '', 'another-client')])).toMatchObject({
    outcome: 'failed',
  });
  const json = JSON.parse(entry.token);
  const changed = (data: string) => ({ ...entry, token: JSON.stringify({ ...json, data }) });
  const first = json.data.startsWith('A') ? 'B' : 'A';
  expect(await open(changed(first + json.data.slice(1)))).toMatchObject({ outcome: 'failed' });
  expect(await open(changed(''))).toMatchObject({ outcome: 'failed' });
});

test('an entry without a client in its key is decrypted, as the account MSAL keeps beside the tokens', async () => {
  const account = Object.keys(kept.local).find((key) => /^msal\.\d\|/.test(key) && key.split('|').length === 4) ?? '';
  const result = await decryptMsalEntry(kept.local[account] ?? '', parseBaseKey(kept.cookie), [account]);
  expect(JSON.parse(result.plaintext ?? '')).toMatchObject({ authorityType: 'MSSTS' });
});

test('what is no key, or no entry, says so without repeating it', async () => {
  for (const text of [
    '',
    'hunter2',
    '{"key": "hunter2"}',
    '{"key": 7}',
    '{"kty":"oct"}',
    '[',
    '%',
    'hunter2'.repeat(9999),
  ]) {
    expect(() => parseBaseKey(text)).toThrow(/key/);
    expect(() => parseBaseKey(text)).not.toThrow(/hunter2/);
  }
  const base = parseBaseKey(otherKey);
  for (const text of [
    '',
    'null',
    '[]',
    '{"nonce":1,"data":2}',
    '{"nonce":"%","data":"%"}',
    '{"__proto__":{"nonce":"A"}}',
  ])
    expect(await decryptMsalEntry(text, base, [])).toMatchObject({ outcome: 'not-checked' });
});
