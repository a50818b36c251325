import { expect, test } from 'vitest';
import { labels } from '../../../../test/builders/stored-tokens.ts';
import { jwt } from '../../../../test/builders/tokens.ts';

test('device credentials are not taken for a room key', () => {
  const token = jwt({ deviceId: 'd' });
  expect(labels('CredentialsStorage', { credentials: { uuid: token } })).toEqual([
    'Whereby device credentials → session',
  ]);
  expect(labels('credentials', token)).toEqual([null]);
});
