import { whereby as minted } from '../../../../test/builders/mint/whereby.ts';
import { learned, learner } from '../../../../test/builders/subjects.ts';
import { jwt } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { whereby } from './whereby.ts';

providerCases(whereby, {
  tokens: minted,
  ordinary: ['host'],
  // It writes no expiry; the catalogue names it as open-ended.
  raises: { host: ['exp-missing'] },
});

const read = learner(whereby, minted);

test('a host key gives host powers in one room, without expiry', async () => {
  const { confidence, facts, times, may } = await read('host');
  expect(confidence).toBe('certain');
  expect(facts).toMatchObject({
    role: 'host',
    vendorRole: 'meetingHost',
    room: '/standup',
    tenant: '42',
    roomClaim: 'roomReference.roomName',
  });
  expect(may.yes).toEqual(expect.arrayContaining(['join', 'admit-others', 'remove-others', 'mute-others', 'record']));
  expect(times.status).toBe('never-expires');
});

test('of other kinds nothing is guessed', async () => {
  const { facts, may } = await read('unknown kind');
  expect(facts).toMatchObject({ role: 'unknown', vendorRole: 'somethingElse' });
  expect(may).toMatchObject({ yes: ['join'], no: [] });
});

test('missing and mistyped claims are read as absent', async () => {
  expect((await read('without room')).facts).toMatchObject({ room: null, roomScope: 'not-stated', role: 'host' });
  expect((await read('odd: organization is a number')).facts).toMatchObject({
    room: null,
    tenant: '42',
    role: 'unknown',
  });
});

test('the room stands in the address of the page', () => {
  expect(whereby.roomInUrl?.(new URL('https://calls.whereby.com/standup?roomKey=x'))).toBe('/standup');
  expect(whereby.roomInUrl?.(new URL('https://docs.whereby.com/standup'))).toBeNull();
  expect(whereby.roomInUrl?.(new URL('https://calls.example/standup'))).toBeNull();
});

test('a `meetingId` alone is not Whereby', () => {
  expect(learned(whereby, jwt({ meetingId: '1', iss: 'https://srv.whereby.com.example' })).confidence).toBeNull();
});
