import { ivsPlayback, amazonIvs as minted } from '../../../../test/builders/mint/amazon-ivs.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { hours, jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { amazonIvs } from './amazon-ivs.ts';

providerCases(amazonIvs, {
  tokens: minted,
  ordinary: ['guest'],
});

const read = learner(amazonIvs, minted);

test('reads stage, account, user and capabilities', async () => {
  const { confidence, facts, times, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ room: 'VSWjvX5XOkU3', tenant: '123456789012', userId: 'u-1', role: 'participant' });
  expect(may.yes).toEqual(['join', 'subscribe', 'publish-audio', 'publish-video', 'share-screen']);
  expect(may.no).toContain('remove-others');
  expect(times.lifetimeSeconds).toBe(hours(12));
});

test('who may not publish is a viewer', async () => {
  const { facts, may } = await read('viewer');
  expect(facts).toMatchObject({ role: 'viewer', roleClaim: 'capabilities.allow_publish' });
  expect(may.no).toEqual(expect.arrayContaining(['publish-audio', 'share-screen']));
});

test('tokens issued by AWS are recognised too, and the stage is read without `topic`', async () => {
  expect((await read('issued by AWS')).confidence).toBe('certain');
  expect((await read('without topic')).facts.room).toBe('VSWjvX5XOkU3');
  expect((await read('without expiry')).times.expiresAt).toBeNull();
});

test('unreadable capabilities leave the rights open', async () => {
  const { facts, may } = await read('odd: capabilities as a list');
  expect(facts).toMatchObject({ role: 'participant', userId: 'jFpWmveENolS' });
  expect(may.unsaid).toEqual(expect.arrayContaining(['publish-audio', 'subscribe']));
});

test('playback tokens and other ARNs are not stages', async () => {
  for (const mint of Object.values(ivsPlayback)) expect(learned(amazonIvs, await mint()).confidence).toBeNull();
  expect(learned(amazonIvs, jwt({ resource: 'arn:aws:s3:::stage/x', capabilities: {} })).confidence).toBeNull();
});
