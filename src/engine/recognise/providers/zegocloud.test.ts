import { zegocloud as minted } from '../../../../test/builders/mint/zegocloud.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { hours, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { zegocloud } from './zegocloud.ts';

providerCases(zegocloud, {
  tokens: minted,
  ordinary: ['guest'],
});

const read = learner(zegocloud, minted, 'zego-04');

test('only the expiry is read; everything else is said to be encrypted', async () => {
  const { confidence, facts, times, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(times).toMatchObject({ expiresAt: now + hours(1), issuedAt: null, lifetimeSeconds: null, status: 'active' });
  expect(facts).toMatchObject({ role: 'unknown', room: null, roomScope: 'not-stated', userId: null });
  expect(may).toMatchObject({ yes: [], no: [] });
});

test('an expired token, and one whose payload names no room, read alike', async () => {
  expect((await read('expired')).times.status).toBe('expired');
  expect((await read('without room')).facts).toEqual((await read('guest')).facts);
});

test('a JWT with an `expire` claim is not ZEGOCLOUD', () => {
  expect(learned(zegocloud, jwt({ expire: now })).confidence).toBeNull();
});
