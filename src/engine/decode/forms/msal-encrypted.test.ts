import { expect, test } from 'vitest';
import { pageOf } from '../../../../test/builders/captures.ts';
import { msalClient, msalKey, sealedEntry } from '../../../../test/builders/msal-cache.ts';
import { base64url, now } from '../../../../test/builders/tokens.ts';
import { standard } from '../../audit/policy/policies.ts';
import { detect } from '../../find/detect.ts';
import { find, inspect } from '../../inspect.ts';

const entry = sealedEntry();
const dashed = `a.b-login.windows.net-accesstoken-${msalClient}-9a8b7c6d-0000-4000-8000-00000000000b-api://x--`;

test.each([msalKey('accesstoken', 'api://orders/read'), msalKey('refreshtoken', '', '1'), dashed])(
  'an entry under %s is a note that spans the value',
  (key) => {
    const expected = { form: 'msal-encrypted', token: entry, note: 'encrypted-cache', confidence: 'certain' };
    expect(detect(entry, { key }).hits).toMatchObject([{ ...expected, path: '', offset: 0 }]);
    expect(detect(` ${entry}\n`, { key }).hits).toMatchObject([{ ...expected, offset: 1 }]);
    // A storage export holds the value as a string.
    expect(detect(JSON.stringify({ [key]: entry })).hits).toMatchObject([expected]);
  },
);

test.each([
  'eyJ',
  'ew0',
  '007eJ',
  '04AAAAA',
  'H4sI',
  'N7o',
  'EQ',
  'sk-',
  'glc_',
  base64url('words of some length, by chance'),
])('an entry whose ciphertext happens to begin with %s is found like any other', (start) => {
  const key = msalKey('refreshtoken');
  const { id, nonce, data, lastUpdatedAt } = JSON.parse(entry);
  for (const noise of [`${start}${data}`, `-${start}${data}`, `${data.slice(0, 30)}_${start}${data}`]) {
    for (const text of [
      JSON.stringify({ id, nonce, data: noise, lastUpdatedAt }),
      JSON.stringify({ id, nonce: `-${start}${nonce}`.slice(0, 22), data }),
    ]) {
      expect(detect(text, { key }).hits).toMatchObject([{ form: 'msal-encrypted', token: text }]);
      expect(detect(JSON.stringify({ a: { [key]: text } })).hits).toMatchObject([
        { form: 'msal-encrypted', token: text },
      ]);
    }
  }
});

test('the same members elsewhere, and other values under an MSAL key, are nothing', () => {
  for (const key of [
    null,
    'token',
    'auth',
    'msal.token',
    `msal.3.token.keys.${msalClient}`,
    `x${msalKey('accesstoken')}`,
  ])
    expect(detect(entry, { key }).hits).toEqual([]);
  const { id, nonce, data } = JSON.parse(entry);
  for (const value of [
    { id, nonce },
    { id, nonce, data: 7 },
    { id, nonce: 'short', data },
    { id, nonce, data: { a: data } },
    { id, nonce, data: 'words, and not base64url' },
    [id, nonce, data],
  ])
    expect(detect(JSON.stringify(value), { key: msalKey('accesstoken') }).hits).toEqual([]);
  expect(detect(entry.slice(0, -1), { key: msalKey('accesstoken') }).hits).toEqual([]);
});

test('entries are named by the library, and no finding is above low, foreign scripts or not', () => {
  const local = {
    [msalKey('accesstoken', 'api://orders/read')]: entry,
    [msalKey('refreshtoken')]: entry.replace('01a1', '01a2'),
    [msalKey('idtoken')]: entry.replace('01a1', '01a3'),
  };
  const page = pageOf({ local, scripts: ['https://call.acme.com', 'https://cdn.other.net'] });
  const { subjects, findings } = inspect(find(page).sightings, { now, policy: standard, page: page.page });
  const labels = subjects.flatMap(({ sightings }) => sightings.slice(0, 1).map(({ library }) => library?.label));
  expect(new Set(labels)).toEqual(
    new Set([
      'MSAL ID token (client 1f2e3d4c…), encrypted',
      'MSAL access token for api://orders/read (client 1f2e3d4c…), encrypted',
      'MSAL refresh token (client 1f2e3d4c…), encrypted',
    ]),
  );
  for (const subject of subjects) {
    expect(subject.findings).toMatchObject([{ rule: 'storage-local', severity: 'low' }]);
  }
  expect(findings).toEqual([]);
});
