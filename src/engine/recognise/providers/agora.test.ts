import { agora006, agora007, agoraApp } from '../../../../test/builders/mint/agora.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { days, hours, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, renamed, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { agora } from './agora.ts';

providerCases(agora, {
  tokens: { ...agora007, ...renamed(agora006, 'older') },
  ordinary: ['guest', 'older guest'],
});

const read = learner(agora, agora007, 'agora-007');
const readOld = learner(agora, agora006, 'agora-006');

test('reads app, channel, user, times and publishing from version 007', async () => {
  const { confidence, facts, times, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ tenant: agoraApp, room: 'standup', roomScope: 'one-room', userId: '2882341273' });
  expect(facts).toMatchObject({ role: 'participant', vendorRole: 'publisher', use: 'video-join' });
  expect(times).toMatchObject({
    issuedAt: now,
    expiresAt: now + hours(1),
    lifetimeSeconds: hours(1),
    status: 'active',
  });
  expect(may.yes).toEqual(['join', 'subscribe', 'publish-audio', 'publish-video', 'share-screen', 'send-data']);
  expect(may.no).toEqual([]);
});

test('tokens of the vendor’s own builder read the same', async () => {
  expect((await read('by the builder')).facts).toMatchObject({ room: 'standup', userId: '42', role: 'participant' });
});

test('a subscriber is a viewer, but is not said to be kept from publishing', async () => {
  const { facts, may } = await read('viewer');
  expect(facts).toMatchObject({ role: 'viewer', vendorRole: 'subscriber' });
  expect(may.unsaid).toEqual(expect.arrayContaining(['publish-audio', 'publish-video']));
  expect(facts.privileges['publish-audio']?.because).toContain('co-host authentication');
});

test('user 0 means anybody; a wildcard channel any room, an empty one none that could be told', async () => {
  expect((await read('for anybody')).facts.userId).toBeNull();
  expect((await read('without room')).facts).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect((await read('wildcard room')).facts).toMatchObject({
    room: null,
    roomScope: 'all-rooms',
    wildcards: [{ claim: 'services.0.channel' }],
  });
});

test('other services are named; without a call there is no video join', async () => {
  expect((await read('with messaging')).facts.product).toContain('messaging (RTM)');
  expect((await read('messaging only')).facts).toMatchObject({
    use: 'access',
    role: 'unknown',
    userId: 'ada',
    privileges: {},
  });
  expect((await read('chat only')).facts.product).toContain('chat');
});

test('a long life and a privilege that outlives the token are seen', async () => {
  expect((await read('too long')).times.lifetimeSeconds).toBe(days(2));
  const token = decode(String(await agora007['odd: privilege outlives the token']?.()), 'agora-007');
  expect(agora.joinProblems?.(token, [])).toHaveLength(1);
  expect(agora.joinProblems?.(decode(String(await agora007.guest?.()), 'agora-007'), [])).toEqual([]);
});

test('says why tokens for messaging, or without a channel, join no call', async () => {
  const problems = async (name: string) =>
    agora.joinProblems?.(decode(String(await agora007[name]?.()), 'agora-007'), []).map(({ at }) => at);
  expect(await problems('messaging only')).toEqual(['claims.services']);
  expect(await problems('without room')).toEqual(['claims.services.0.channel']);
  expect(await problems('with messaging')).toEqual([]);
});

test('version 006 hides channel and user, holds absolute times and is superseded', async () => {
  const { confidence, facts, times } = await readOld('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({
    tenant: agoraApp,
    room: null,
    roomScope: 'one-room',
    userId: null,
    role: 'participant',
  });
  expect(times.expiresAt).toBe(now + hours(1));
  expect((await readOld('viewer')).facts.role).toBe('viewer');
  expect((await readOld('administrator')).facts.role).toBe('viewer');
  expect(agora.legacy?.(decode(String(await agora006.guest?.()), 'agora-006'))).toContain('007');
  expect(agora.legacy?.(decode(String(await agora007.guest?.()), 'agora-007'))).toBeNull();
});

test('a JWT with the same claims is not Agora', () => {
  expect(learned(agora, jwt({ appId: agoraApp, services: [{ type: 1, privileges: {} }] })).confidence).toBeNull();
});
