import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt } from '../../../../test/builders/tokens.ts';

const token = jwt({ id: 'u1', type: 'auth', collectionId: '_pb_users_auth_' });

test('the token member is the access token; others are only part of the record', () => {
  expect(labels('pocketbase_auth', { token, record: { id: 'u1' } })).toEqual(['PocketBase access token → access']);
  expect(labels('pocketbase_auth', { record: { note: token } })).toEqual(['PocketBase sign-in record → null']);
});
