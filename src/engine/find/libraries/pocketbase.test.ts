import { expect, test } from 'vitest';
import { jwt } from '../../../../test/tokens.ts';
import { labels } from '../../../../test/wrapped.ts';

const token = jwt({ id: 'u1', type: 'auth', collectionId: '_pb_users_auth_' });

test('the token member is the access token; others are only part of the record', () => {
  expect(labels('pocketbase_auth', { token, record: { id: 'u1' } })).toEqual(['PocketBase access token → access']);
  expect(labels('pocketbase_auth', { record: { note: token } })).toEqual(['PocketBase sign-in record → null']);
});
