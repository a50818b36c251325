import { videosdk as mint } from '../../../../test/builders/mint/videosdk.ts';
import { hours, jwt, minutes, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { videosdk } from './videosdk.ts';

providerCases(videosdk, {
  tokens: mint,
  ordinary: ['guest', 'host', 'must be admitted'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => videosdk.facts(await minted(name));

test('recognises what the server SDK mints for certain, and says by what', async () => {
  for (const name of Object.keys(mint)) {
    expect([name, videosdk.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  }
  expect(videosdk.recognise(await minted('host'))?.because).toContain('`allow_mod`');
});

test('a key that is no UUID makes it likely; other permissions are somebody else’s', () => {
  const read = (claims: Parameters<typeof jwt>[0]) =>
    videosdk.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;
  expect(read({ apikey: 'my-key', permissions: ['allow_join'] })).toBe('likely');
  expect(read({ apikey: 'my-key', permissions: ['read', 'write'] })).toBeNull();
  expect(read({ permissions: ['allow_join'] })).toBeNull();
  expect(read({ sub: 'ada', aud: 'https://galene.example.org/group/a/', permissions: ['op'] })).toBeNull();
});

test('`allow_mod` makes a host', async () => {
  expect(await facts('host')).toMatchObject({
    role: 'host',
    roleClaim: 'permissions',
    room: '2kyv-gzay-64pg',
    userId: 'ada',
  });
  expect((await facts('host')).privileges).toMatchObject({
    'mute-others': { allowed: true },
    'manage-rooms': { allowed: false },
  });
  expect(videosdk.hostOnlyRights?.(await minted('host'))).toHaveLength(1);
  expect(await facts('guest')).toMatchObject({ role: 'participant', roomScope: 'one-room' });
  expect((await facts('guest')).privileges).toMatchObject({
    join: { allowed: true },
    'bypass-lobby': { allowed: true },
    'admit-others': { allowed: true },
    'remove-others': { allowed: false },
    'publish-audio': { allowed: null },
  });
});

test('`ask_join` has to be admitted', async () => {
  const { role, privileges } = await facts('must be admitted');
  expect(role).toBe('participant');
  expect(privileges).toMatchObject({
    join: { allowed: null },
    'bypass-lobby': { allowed: false },
    'admit-others': { allowed: false },
  });
});

test('without a room every room is open', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'all-rooms' });
});

test('a crawler is a server credential, which moderates as well', async () => {
  expect(await facts('server')).toMatchObject({ use: 'service-key', role: 'server', roleClaim: 'roles' });
  expect((await facts('server')).privileges).toMatchObject({
    'manage-rooms': { allowed: true },
    'mute-others': { allowed: true },
  });
  expect(videosdk.serverRights?.(await minted('server'))).toMatchObject([{ total: true }]);
});

test('both ways to join contradict each other, and neither cannot join', async () => {
  const odd = await minted('odd: both ways to join, no roles');
  expect(videosdk.joinProblems?.(odd, [])).toMatchObject([{ likelihood: 'possible' }]);
  const none = decode(jwt({ apikey: 'k', permissions: ['allow_mod'] }), 'jws');
  expect(videosdk.joinProblems?.(none, [])).toMatchObject([{ likelihood: 'certain', at: 'claims.permissions' }]);
  expect(videosdk.facts(none).privileges.join?.allowed).toBe(false);
});

test('lifetimes are those asked for, 24 hours otherwise', async () => {
  expect(readTimes(await minted('guest'), videosdk, now).lifetimeSeconds).toBe(minutes(15));
  expect(readTimes(await minted('host'), videosdk, now).lifetimeSeconds).toBe(hours(24));
  expect(readTimes(await minted('without expiry'), videosdk, now).status).toBe('never-expires');
});
