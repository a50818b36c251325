import { realtimekit as minted } from '../../../../test/builders/mint/realtimekit.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { days, jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { realtimekit } from './realtimekit.ts';

providerCases(realtimekit, {
  tokens: minted,
  ordinary: ['guest'],
});

const read = learner(realtimekit, minted);

test('names meeting and participant, and leaves the role to the preset', async () => {
  const { confidence, facts, times, may } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ role: 'unknown', roomScope: 'one-room', roomClaim: 'meetingId' });
  expect(facts.tenant).toMatch(/^0d1c/);
  expect(facts.userId).toMatch(/^aaa1/);
  expect(times).toMatchObject({ status: 'active', lifetimeSeconds: days(1) });
  expect(may).toMatchObject({ yes: ['join'], no: [] });
  expect(facts.privileges.record?.because).toContain('preset');
});

test('a host by preset cannot be told from a guest', async () => {
  expect((await read('same meeting, preset host')).facts.role).toBe('unknown');
});

test('without a meeting it is a version 1 token, which is refused', async () => {
  const { confidence, facts, may } = await read('without room');
  expect(confidence).toBe('likely');
  expect(facts).toMatchObject({ room: null, roomScope: 'not-stated', product: 'participant token, version 1' });
  expect(may.unsaid).toContain('join');
  expect((await read('odd: meeting is a number')).confidence).toBe('likely');
});

test('Whereby’s `meetingId` alone is not enough', () => {
  expect(learned(realtimekit, jwt({ meetingId: '1' })).confidence).toBeNull();
});
