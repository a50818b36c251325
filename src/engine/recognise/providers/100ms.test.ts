import { hundredMsClaims, hundredMs as mint } from '../../../../test/builders/mint/100ms.ts';
import { hours, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { hundredMs } from './100ms.ts';

providerCases(hundredMs, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => hundredMs.facts(await minted(name));

test('recognises what the server SDK mints for certain', async () => {
  for (const name of Object.keys(mint)) {
    expect([name, hundredMs.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  }
});

test('fewer claims make it likely or possible, a lone `access_key` nothing', () => {
  const read = (claims: Parameters<typeof jwt>[0]) =>
    hundredMs.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;
  expect(read({ access_key: 'k', type: 'app' })).toBe('likely');
  expect(read({ access_key: 'k', room_id: 'r', role: 'host' })).toBe('possible');
  expect(read({ access_key: 'k', type: 'cloud' })).toBeNull();
  expect(read({ type: 'app', version: 2, room_id: 'r' })).toBeNull();
});

test('what a role may do is for the template to say, whatever its name', async () => {
  for (const name of ['guest', 'host']) {
    const { role, vendorRole, privileges } = await facts(name);
    expect([role, vendorRole]).toEqual(['unknown', name]);
    expect(privileges['mute-others']).toMatchObject({ allowed: null, claim: 'role' });
    expect(privileges['mute-others']?.because).toContain('template');
    expect(privileges.join).toMatchObject({ allowed: true, claim: 'room_id' });
    expect(privileges['manage-rooms']?.allowed).toBe(false);
  }
  expect(hundredMs.hostOnlyRights?.(await minted('host'))).toMatchObject([{ claim: 'role' }]);
  expect(hundredMs.hostOnlyRights?.(await minted('guest'))).toEqual([]);
  expect(await facts('guest')).toMatchObject({
    room: '64c0a1b2c3d4e5f601234567',
    roomScope: 'one-room',
    userId: 'ada',
  });
});

test('a management token is a server credential', async () => {
  expect(await facts('management')).toMatchObject({
    use: 'service-key',
    role: 'server',
    roleClaim: 'type',
    roomScope: 'all-rooms',
  });
  expect((await facts('management')).privileges).toMatchObject({
    join: { allowed: false },
    'manage-rooms': { allowed: true },
    record: { allowed: true },
  });
  expect(hundredMs.serverRights?.(await minted('management'))).toMatchObject([{ total: true }]);
  expect(hundredMs.joinProblems?.(await minted('management'), [])).toMatchObject([{ at: 'claims.type' }]);
});

test('a client token without room cannot join', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect((await facts('without room')).privileges.join?.allowed).toBe(false);
  expect(hundredMs.joinProblems?.(await minted('without room'), [])).toMatchObject([{ at: 'claims.room_id' }]);
  expect(hundredMs.joinProblems?.(await minted('guest'), [])).toEqual([]);
});

test('the SDK sets 24 hours, and a token without expiry never expires', async () => {
  expect(readTimes(await minted('host'), hundredMs, now).lifetimeSeconds).toBe(hours(24));
  expect(readTimes(await minted('without expiry'), hundredMs, now).status).toBe('never-expires');
});

test('claims of other types name nothing', () => {
  const odd = hundredMs.facts(decode(hundredMsClaims({ type: 'app', room_id: 7, role: ['host'], user_id: {} }), 'jws'));
  expect(odd).toMatchObject({ room: null, roomScope: 'not-stated', vendorRole: null, userId: null, role: 'unknown' });
});
