import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const token = (sub: string) => jwt({ sub, iat: now });

test('tokens nested under a member of their own name', () => {
  expect(
    labels('okta-token-storage', {
      idToken: { idToken: token('a'), claims: {} },
      accessToken: { accessToken: token('b'), scopes: ['openid'] },
    }),
  ).toEqual(['Okta ID token → id', 'Okta access token → access']);
});

test('other storages of the library are named as such', () => {
  expect(labels('okta-transaction-storage', { state: token('c') })).toEqual(['Okta transaction storage, token → null']);
});
