import { azureCommunication as minted } from '../../../../test/builders/mint/azure-communication.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { days, jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { azureCommunication } from './azure-communication.ts';

providerCases(azureCommunication, {
  tokens: minted,
  ordinary: ['guest'],
});

const read = learner(azureCommunication, minted);

test('a caller may start and join any call the identity may join', async () => {
  const { confidence, facts, times, may } = await read('caller');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ use: 'video-join', role: 'participant', room: null, roomScope: 'all-rooms' });
  expect(times.lifetimeSeconds).toBe(days(1));
  expect(may.yes).toEqual(['join', 'send-data']);
  expect(may.unsaid).toContain('dial-out');
});

test('`voip.join` only joins; `voip` is more than a guest needs', async () => {
  expect((await read('guest')).may).toMatchObject({ yes: ['join'] });
  expect((await read('guest')).may.no).toContain('dial-out');
  const rights = async (name: 'caller' | 'guest') => {
    const token = decode(String(await minted[name]?.()), 'jws');
    return azureCommunication.hostOnlyRights?.(token).length;
  };
  expect(await rights('caller')).toBe(1);
  expect(await rights('guest')).toBe(0);
});

test('a chat token opens no call', async () => {
  const { facts, may } = await read('chat only');
  expect(facts).toMatchObject({ use: 'access', role: 'unknown', roomScope: 'not-stated' });
  expect(may.no).toEqual(expect.arrayContaining(['join', 'publish-audio']));
});

test('says why a chat token joins no call', async () => {
  const problems = async (name: string) =>
    azureCommunication.joinProblems?.(decode(String(await minted[name]?.()), 'jws'), []).map(({ at }) => at);
  expect(await problems('chat only')).toEqual(['claims.acsScope']);
  expect(await problems('guest')).toEqual([]);
});

test('the time of issue is also read from its text form', async () => {
  expect((await read('odd: scopes as a list')).times.lifetimeSeconds).toBe(3600);
  expect((await read('without expiry')).times.status).toBe('never-expires');
});

test('other Skype ids are not Azure Communication Services', () => {
  expect(learned(azureCommunication, jwt({ skypeid: 'live:ada' })).confidence).toBeNull();
});
