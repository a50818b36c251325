import { vivox as minted } from '../../../../test/builders/mint/vivox.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { vivox } from './vivox.ts';

providerCases(vivox, {
  tokens: minted,
});

const read = learner(vivox, minted);

test('a join token opens one voice channel', async () => {
  const { confidence, facts, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({
    use: 'video-join',
    role: 'participant',
    room: 'sip:confctl-g-calls-dev.standup@tla.vivox.com',
  });
  expect(may.yes).toEqual(['join', 'subscribe', 'publish-audio']);
});

test('listening only, and acting on others', async () => {
  expect((await read('listener')).may.yes).toEqual(['join', 'subscribe']);
  const kick = await read('kick');
  expect(kick.facts).toMatchObject({ use: 'one-time', role: 'host', vendorRole: 'kick' });
  expect(kick.may.yes).toEqual(['remove-others']);
});

test('signing in names no channel; unknown actions are only likely', async () => {
  expect((await read('login')).facts).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect((await read('odd: unknown action')).confidence).toBe('likely');
  expect((await read('without expiry')).times.expiresAt).toBeNull();
});

test('SIP addresses alone are not Vivox', () => {
  expect(learned(vivox, jwt({ f: 'sip:a@b', t: 'sip:c@d' })).confidence).toBeNull();
});
