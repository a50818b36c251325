import { stream } from '../../../../test/builders/mint/stream.ts';
import { streamChat as minted } from '../../../../test/builders/mint/stream-chat.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { streamChat } from './stream-chat.ts';

providerCases(streamChat, {
  tokens: minted,
});

const read = learner(streamChat, minted);

test('a user id alone is possibly a chat token, the development signature makes it likely', async () => {
  expect(await read('user')).toMatchObject({ confidence: 'possible', facts: { use: 'access', userId: 'ada' } });
  expect((await read('with expiry')).confidence).toBe('possible');
  expect(await read('development')).toMatchObject({ confidence: 'likely' });
});

test('tokens of Stream Video, and user ids among other claims, are left alone', async () => {
  for (const mint of Object.values(stream)) expect(learned(streamChat, await mint()).confidence).toBeNull();
  expect(learned(streamChat, jwt({ user_id: 'ada', email: 'ada@example.com' })).confidence).toBeNull();
});
