import { galene as mint } from '../../../../test/builders/mint/galene.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { galene } from './galene.ts';

providerCases(galene, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => galene.facts(await minted(name));

test('recognises the address of a group for certain, and one without a name as likely', async () => {
  for (const name of Object.keys(mint)) {
    const confidence = galene.recognise(await minted(name))?.confidence;
    expect([name, confidence]).toEqual([name, name === 'without room' ? 'likely' : 'certain']);
  }
});

test('an audience without group, or without permissions, is not taken', () => {
  const read = (claims: Parameters<typeof jwt>[0]) => galene.recognise(decode(jwt(claims), 'jws'));
  expect(read({ sub: 'ada', aud: 'https://api.example/', permissions: ['op'] })).toBeNull();
  expect(read({ sub: 'ada', aud: 'https://g.example/group/a/', scope: 'op' })).toBeNull();
});

test('`op` and `admin` make a host', async () => {
  expect(await facts('host')).toMatchObject({ role: 'host', roleClaim: 'permissions', room: 'standup', userId: 'ada' });
  expect((await facts('host')).privileges).toMatchObject({
    'remove-others': { allowed: true },
    record: { allowed: null },
  });
  expect(await facts('admin')).toMatchObject({ role: 'host', vendorRole: 'admin' });
  expect((await facts('admin')).privileges['publish-video']?.allowed).toBe(false);
});

test('`present` sends media and `message` chats', async () => {
  expect(await facts('guest')).toMatchObject({
    role: 'participant',
    roomScope: 'one-room',
    tenant: 'https://auth.example.org/',
  });
  expect((await facts('guest')).privileges).toMatchObject({
    join: { allowed: true, claim: 'aud' },
    'publish-audio': { allowed: true },
    'send-data': { allowed: true },
    'mute-others': { allowed: false },
    record: { allowed: false },
  });
  expect(await facts('symmetric key')).toMatchObject({ role: 'viewer' });
});

test('subgroups and several groups open more than one room', async () => {
  expect(await facts('with subgroups')).toMatchObject({
    roomScope: 'some-rooms',
    wildcards: [{ claim: 'include-subgroups' }],
  });
  expect(await facts('odd: several groups')).toMatchObject({ roomScope: 'some-rooms', room: 'standup, retro' });
  expect((await facts('guest')).wildcards).toBeUndefined();
});

test('an address that names no group joins none', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect((await facts('without room')).privileges.join?.allowed).toBe(false);
});

test('expiry is required, and short', async () => {
  expect(galene.required).toHaveProperty('exp');
  expect(readTimes(await minted('without expiry'), galene, now).status).toBe('never-expires');
  expect(readTimes(await minted('guest'), galene, now).lifetimeSeconds).toBe(30);
});

test('reads the group from the address of a call, slashes and bad escapes included', () => {
  const room = (url: string) => galene.roomInUrl?.(new URL(url));
  expect(room('https://g.example/group/team/stand%20up/?token=x')).toBe('team/stand up');
  expect(room('https://g.example/group/%E0%A4%A/')).toBe('%E0%A4%A');
  expect(room('https://g.example/recordings/a/')).toBeNull();
});
