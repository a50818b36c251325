import { expect, test } from 'vitest';
import { lastName, useByName } from './use-by-name.ts';

test.each([
  ['access_token', 'access'],
  ['accessToken', 'access'],
  ['X-Access-Token', 'access'],
  ['idToken', 'id'],
  ['IDToken', 'id'],
  ['id_token_hint', 'id'],
  ['refresh-token', 'refresh'],
  ['myRefreshToken2', 'refresh'],
  ['sessionToken', 'session'],
  ['client_assertion', 'client-assertion'],
  ['logout_token', 'logout'],
  ['DPoP', 'dpop-proof'],
] as const)('%s names a token for %s', (name, use) => {
  expect(useByName(name)).toBe(use);
});

test.each(['token', 'jwt', 'androidToken', 'valid_token', 'constructor', '__proto__', '', '…'])(
  '%j names no use',
  (name) => {
    expect(useByName(name)).toBeNull();
  },
);

test.each([
  ['$.session.token', 'token'],
  ['$["access_token"]', 'access_token'],
  ['$.tokens[0]', 'tokens'],
  ['?redirect_uri ?jwt', 'jwt'],
  ['', ''],
  ['$', ''],
])('the last name of %j is %j', (path, name) => {
  expect(lastName(path)).toBe(name);
});
