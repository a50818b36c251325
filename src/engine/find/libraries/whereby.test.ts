import { expect, test } from 'vitest';
import { jwt } from '../../../../test/tokens.ts';
import { labels } from '../../../../test/wrapped.ts';

test('device credentials are not taken for a room key', () => {
  const token = jwt({ deviceId: 'd' });
  expect(labels('CredentialsStorage', { credentials: { uuid: token } })).toEqual([
    'Whereby device credentials → session',
  ]);
  expect(labels('credentials', token)).toEqual([null]);
});
