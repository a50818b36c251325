import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { authJs } from './auth-js.ts';

const label = (key: string) => authJs.describe({ key, path: '', claims: () => null })?.label ?? null;

test('session cookies of version 5 and 4, chunks and prefixes included', () => {
  expect(labels('__Secure-authjs.session-token', jwt({ sub: 'ada' }))).toEqual(['Auth.js session token → session']);
  expect(label('authjs.session-token.1')).toBe('Auth.js session token');
  expect(label('__Secure-next-auth.session-token')).toBe('NextAuth session token');
  expect(label('authjs.csrf-token')).toBeNull();
});
