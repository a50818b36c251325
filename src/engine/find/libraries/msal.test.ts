import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const token = jwt({ sub: 'ada', iat: now });
const client = '1f2e3d4c-0000-4000-8000-00000000000a';
const realm = '9a8b7c6d-0000-4000-8000-00000000000b';
const account = `aaaaaaaa-0000-4000-8000-000000000001.${realm}`;
const entry = { credentialType: 'AccessToken', secret: token, clientId: client, realm, tokenType: 'Bearer' };

test('keys of MSAL 5 name kind, target and client', () => {
  const key = (kind: string, target = '') =>
    `msal.3|${account}|login.windows.net|${kind}|${client}|${realm}|${target}|`;
  expect(labels(key('accesstoken', 'api://orders/read'), entry)).toEqual([
    'MSAL access token for api://orders/read (client 1f2e3d4c…) → access',
  ]);
  expect(labels(key('idtoken'), entry)).toEqual(['MSAL ID token (client 1f2e3d4c…) → id']);
  expect(labels(key('accesstoken_with_authscheme', 'api://x'), entry)).toEqual([
    'MSAL access token for api://x (client 1f2e3d4c…) → access',
  ]);
});

test('keys of MSAL 2 and 3 are read although their ids hold dashes', () => {
  const key = (kind: string, rest: string) => `${account}-login.windows.net-${kind}-${client}-${rest}`;
  expect(labels(key('accesstoken', `${realm}-api://orders/read openid--`), entry)).toEqual([
    'MSAL access token for api://orders/read openid (client 1f2e3d4c…) → access',
  ]);
  expect(labels(key('idtoken', `${realm}---`), entry)).toEqual(['MSAL ID token (client 1f2e3d4c…) → id']);
  expect(labels(key('refreshtoken', '---'), entry)).toEqual(['MSAL refresh token (client 1f2e3d4c…) → refresh']);
});

test('other keys are left alone', () => {
  for (const key of ['msal.token.keys.1f2e', `msal.3.token.keys.${client}`, 'accesstoken', 'my-accesstoken-1']) {
    expect(labels(key, entry)).toEqual([null]);
  }
});
