import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const access = jwt({ aud: 'https://api.example', iat: now });
const id = jwt({ aud: 'n3wC1ient', nonce: 'x', iat: now });

test('an access token entry names its audience, and the kept ID token is told apart', () => {
  const body = { access_token: access, id_token: id, scope: 'openid', decodedToken: { claims: { __raw: id } } };
  expect(
    labels('@@auth0spajs@@::kT7wQ2xZ9bVn4mLp::https://api.example::openid profile', { body, expiresAt: now }),
  ).toEqual([
    'Auth0 access token for https://api.example (client kT7wQ2xZ…) → access',
    'Auth0 ID token (client kT7wQ2xZ…) → id',
    'Auth0 ID token (client kT7wQ2xZ…) → id',
  ]);
});

test('the user entry holds the ID token; the default audience is not worth naming', () => {
  expect(labels('@@auth0spajs@@::n3wC1ient::@@user@@', { id_token: id })).toEqual([
    'Auth0 ID token (client n3wC1ient) → id',
  ]);
  expect(labels('@@auth0spajs@@::n3wC1ient::default::openid', { body: { access_token: access } })).toEqual([
    'Auth0 access token (client n3wC1ient) → access',
  ]);
});
