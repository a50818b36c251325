import { telnyx as minted } from '../../../../test/builders/mint/telnyx.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt, minutes } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { telnyx } from './telnyx.ts';

providerCases(telnyx, {
  tokens: minted,
  ordinary: ['guest'],
});

const read = learner(telnyx, minted);

test('reads room and user from the grants', async () => {
  const { confidence, facts, times, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({
    room: '0ccc7b54-0000-4000-8000-000000000001',
    roomScope: 'one-room',
    userId: '7b61621f-0000-4000-8000-000000000001',
    role: 'participant',
  });
  expect(may).toMatchObject({ yes: ['join'], no: [] });
  expect(times.lifetimeSeconds).toBe(minutes(10));
});

test('several rooms, none, and grants that are no list', async () => {
  expect((await read('two rooms')).facts.roomScope).toBe('some-rooms');
  expect((await read('without room')).facts).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect(await read('odd: grants as an object')).toMatchObject({ confidence: 'certain', may: { yes: [] } });
  expect((await read('without expiry')).times.expiresAt).toBeNull();
});

test('a refresh token is named as such', async () => {
  expect((await read('refresh')).facts).toMatchObject({ use: 'refresh', product: 'refresh token', role: 'unknown' });
});

test('says why refresh tokens and tokens without a room join nothing', async () => {
  const problems = async (name: string) =>
    telnyx.joinProblems?.(decode(String(await minted[name]?.()), 'jws'), []).map(({ at }) => at);
  expect(await problems('refresh')).toEqual(['claims.typ']);
  expect(await problems('without room')).toEqual(['claims.grants']);
  expect(await problems('guest')).toEqual([]);
});

test('Twilio’s grants are an object', () => {
  expect(learned(telnyx, jwt({ grants: { video: { room: 'x' } } })).confidence).toBeNull();
});
