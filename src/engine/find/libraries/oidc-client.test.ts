import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const token = jwt({ sub: 'ada', iat: now });

test('the authority keeps its port, and members tell the kind', () => {
  expect(
    labels('oidc.user:https://login.example:8443/realms/calls:web-app', {
      access_token: token,
      id_token: jwt({ sub: 'ada', nonce: 'x' }),
      token_type: 'Bearer',
    }),
  ).toEqual([
    'oidc-client access token from https://login.example:8443/realms/calls (client web-app) → access',
    'oidc-client ID token from https://login.example:8443/realms/calls (client web-app) → id',
  ]);
});

test('sign-in state and unrelated keys are left alone', () => {
  expect(labels('oidc.1f2e3d4c5b6a79881f2e3d4c5b6a7988', { id_token: token })).toEqual([null]);
  expect(labels('user:ada', token)).toEqual([null]);
});
