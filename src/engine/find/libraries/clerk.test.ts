import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt } from '../../../../test/builders/tokens.ts';

test('a `__session` cookie is Clerk’s only when the token names a Clerk session', () => {
  const clerk = jwt({ iss: 'https://clerk.app.example', sid: 'sess_2abc', sub: 'user_2abc' });
  expect(labels('__session', clerk)).toEqual(['Clerk session token → session']);
  expect(labels('__session_a1B2c3D4', clerk)).toEqual(['Clerk session token → session']);
  expect(labels('__session', jwt({ sid: 7 }))).toEqual([null]);
  expect(labels('__session', jwt({ sub: 'remix' }))).toEqual([null]);
});
