import { signalwire as minted } from '../../../../test/builders/mint/signalwire.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { signalwire } from './signalwire.ts';

providerCases(signalwire, {
  tokens: minted,
  ordinary: ['guest'],
  // It writes no expiry; the catalogue names it as open-ended.
  raises: { guest: ['exp-missing'] },
});

const read = learner(signalwire, minted);

test('permissions over oneself make a participant', async () => {
  const { confidence, facts, may, times } = await read('guest');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({ role: 'participant', room: 'standup', displayName: 'Ada', vendorRole: 'member' });
  expect(may.yes).toEqual(['join', 'publish-audio', 'publish-video', 'share-screen']);
  expect(may.no).toEqual(['mute-others', 'remove-others', 'change-permissions', 'record', 'live-stream']);
  expect(times.status).toBe('never-expires');
});

test('permissions over others or the room make a host', async () => {
  expect((await read('host')).facts).toMatchObject({ role: 'host', roleClaim: 's' });
  expect((await read('host')).may.yes).toEqual(expect.arrayContaining(['mute-others', 'remove-others', 'record']));
  const wild = await read('host by wildcard');
  expect(wild.facts.role).toBe('host');
  expect(wild.may.yes).toEqual(
    expect.arrayContaining(['mute-others', 'remove-others', 'change-permissions', 'live-stream']),
  );
});

test('an audience has no permissions, whatever is listed', async () => {
  const { facts, may } = await read('audience');
  expect(facts).toMatchObject({ role: 'viewer', roleClaim: 'ja' });
  expect(may.no).toEqual(expect.arrayContaining(['publish-audio', 'remove-others']));
});

test('without a list the permissions over oneself apply; of a text nothing is read', async () => {
  expect((await read('default permissions')).may.yes).toContain('share-screen');
  const odd = await read('odd: permissions as text');
  expect(odd.facts.role).toBe('participant');
  expect(odd.may.unsaid).toEqual(expect.arrayContaining(['remove-others', 'publish-audio']));
});

test('subscriber tokens name no room and state no rights', async () => {
  expect((await read('subscriber')).facts).toMatchObject({ product: 'subscriber token', room: null, role: 'unknown' });
  expect((await read('without room')).facts).toMatchObject({ roomScope: 'not-stated' });
});

test('`r` and `u` without the type are not SignalWire', () => {
  expect(learned(signalwire, jwt({ r: 'standup', u: 'Ada' })).confidence).toBeNull();
});
