import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const token = jwt({ sub: 'u1', iat: now });
const prefix = 'CognitoIdentityServiceProvider.7ab3cdefgh12ij45kl67mn89op';

test('keys name kind, user and client, also for user names with dots', () => {
  expect(labels(`${prefix}.ada@example.com.accessToken`, token)).toEqual([
    'Cognito access token of ada@example.com (client 7ab3cdef…) → access',
  ]);
  expect(labels(`${prefix}.ada.idToken`, token)).toEqual(['Cognito ID token of ada (client 7ab3cdef…) → id']);
  expect(labels(`${prefix}.ada.refreshToken`, token)).toEqual([
    'Cognito refresh token of ada (client 7ab3cdef…) → refresh',
  ]);
});

test('a hostile user name cannot stretch or reorder the label', () => {
  const [label] = labels(`${prefix}.\u202e${'a'.repeat(90)}.idToken`, token);
  expect(label).not.toMatch(/\u202e/);
  expect(label?.length).toBeLessThan(100);
});
