import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const token = jwt({ iss: 'https://securetoken.google.com/calls', aud: 'calls', sub: 'u1', iat: now });

test('what Firebase stores as accessToken is an ID token', () => {
  expect(
    labels('firebase:authUser:AIzaFakeKeyForTests:[DEFAULT]', {
      uid: 'u1',
      stsTokenManager: { refreshToken: 'AMf-x', accessToken: token, expirationTime: now * 1000 },
    }),
  ).toEqual(['Firebase ID token (app [DEFAULT]) → id']);
});

test('cookie persistence is recognised', () => {
  expect(labels('__HOST-FIREBASE_[DEFAULT]', token)).toEqual(['Firebase ID token (app [DEFAULT]) → id']);
});
