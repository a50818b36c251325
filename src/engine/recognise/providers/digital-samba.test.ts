import { digitalSamba as mint } from '../../../../test/builders/mint/digital-samba.ts';
import { daily, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { digitalSamba } from './digital-samba.ts';

providerCases(digitalSamba, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => digitalSamba.facts(await minted(name));

test('recognises team and room for certain, the team alone as likely', async () => {
  for (const name of Object.keys(mint)) {
    const confidence = digitalSamba.recognise(await minted(name))?.confidence;
    expect([name, confidence]).toEqual([name, name === 'without room' ? 'likely' : 'certain']);
  }
});

test('Daily tokens, which share `u` and `ud`, are not taken', () => {
  expect(digitalSamba.recognise(decode(daily.host(), 'jws'))).toBeNull();
  expect(digitalSamba.recognise(decode(jwt({ td: 'x', u: 'Ada' }), 'jws'))).toBeNull();
});

test('a moderator is host; what any role may do is for the team to say', async () => {
  expect(await facts('host')).toMatchObject({
    role: 'host',
    roleClaim: 'role',
    room: 'standup',
    roomScope: 'one-room',
  });
  expect(await facts('guest')).toMatchObject({
    role: 'participant',
    vendorRole: 'attendee',
    userId: 'ext-1',
    displayName: 'Ada',
  });
  for (const name of ['host', 'guest']) {
    expect((await facts(name)).privileges).toMatchObject({
      join: { allowed: true, claim: 'rd' },
      'mute-others': { allowed: null, claim: 'role' },
      'manage-rooms': { allowed: false },
    });
  }
});

test('a role of the team, none at all and a list are left open, each with its reason', async () => {
  const because = async (name: string) => (await facts(name)).roleBecause;
  expect((await facts("the team's own role")).role).toBe('unknown');
  expect(await because("the team's own role")).toContain('interpreter');
  expect(await because('room default role')).toContain('default role');
  expect(await facts('odd: role as a list')).toMatchObject({ role: 'unknown', vendorRole: null });
});

test('without `rd` there is no room to join', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect((await facts('without room')).privileges.join).toMatchObject({ allowed: false, claim: 'rd' });
  expect(digitalSamba.whenRoomAbsent).toBe('refused');
});

test('without `exp` it never expires', async () => {
  expect(readTimes(await minted('without expiry'), digitalSamba, now).status).toBe('never-expires');
});

test('reads the room from the address of a call', () => {
  const room = (url: string) => digitalSamba.roomInUrl?.(new URL(url));
  expect(room('https://acme.digitalsamba.com/standup?token=x')).toBe('standup');
  expect(room('https://docs.digitalsamba.com/standup')).toBeNull();
  expect(room('https://acme.example/standup')).toBeNull();
});
