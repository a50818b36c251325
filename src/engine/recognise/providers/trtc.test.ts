import { trtc as minted } from '../../../../test/builders/mint/trtc.ts';
import { learner } from '../../../../test/builders/subjects.ts';
import { days, hours } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { trtc } from './trtc.ts';

providerCases(trtc, {
  tokens: minted,
  ordinary: ['guest'],
});

const read = learner(trtc, minted, 'trtc-usersig');

test('a key for one room names room, user and privileges', async () => {
  const { confidence, facts, times, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({
    tenant: '1400000000',
    userId: 'ada',
    room: '10000',
    roomScope: 'one-room',
    role: 'participant',
  });
  expect(times.lifetimeSeconds).toBe(hours(1));
  expect(may.yes).toEqual(['join', 'subscribe', 'publish-audio', 'publish-video', 'share-screen', 'manage-rooms']);
});

test('a room named by text is read too', async () => {
  expect((await read('text room')).facts).toMatchObject({ room: 'standup', roomScope: 'one-room' });
});

test('bits that allow only joining and receiving make a viewer', async () => {
  const { facts, may } = await read('viewer');
  expect(facts).toMatchObject({ role: 'viewer', roleClaim: 'userbuf.privileges' });
  expect(may.yes).toEqual(['join', 'subscribe']);
  expect(may.no).toEqual(['publish-audio', 'publish-video', 'share-screen', 'manage-rooms']);
});

test('without a user buffer every room is open', async () => {
  const { facts, may } = await read('without room');
  expect(facts).toMatchObject({ room: null, roomScope: 'all-rooms', product: 'UserSig' });
  expect(may.yes).toContain('publish-video');
  expect((await read('half a year')).times.lifetimeSeconds).toBe(days(180));
});

test('odd values are read as absent', async () => {
  expect((await read('odd: empty user')).facts.userId).toBeNull();
  const token = { ...decode(String(await minted.guest?.()), 'trtc-usersig') };
  expect(trtc.recognise({ ...token, form: 'jws', claims: { sub: 'ada' } })).toBeNull();
  expect(trtc.facts({ ...token, claims: { 'TLS.userbuf': 'x', userbuf: 7 } })).toMatchObject({
    roomScope: 'not-stated',
    tenant: null,
  });
});
