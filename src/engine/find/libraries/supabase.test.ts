import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';

const session = {
  access_token: jwt({ iss: 'https://abcdefghijklmnop.supabase.co/auth/v1', role: 'authenticated', iat: now }),
  refresh_token: 'v1x2y3z4',
  provider_token: jwt({ iss: 'https://accounts.google.com', iat: now }),
};
const expected = [
  'Supabase access token (project abcdefghijklmnop) → access',
  'Supabase access token from the sign-in provider (project abcdefghijklmnop) → access',
];

test('a stored session names project and kind, in storage and as a cookie', () => {
  expect(labels('sb-abcdefghijklmnop-auth-token', session)).toEqual(expected);
  expect(labels('sb-abcdefghijklmnop-auth-token.0', session)).toEqual(expected);
});

test('the key of version 1 has no project', () => {
  expect(labels('supabase.auth.token', { currentSession: session })[0]).toBe('Supabase access token → access');
});
