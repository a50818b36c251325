import { stream as mint } from '../../../../test/builders/mint/stream.ts';
import { hours, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import type { JsonObject } from '../../text/json.ts';
import { readTimes } from '../times.ts';
import { stream } from './stream.ts';

providerCases(stream, {
  tokens: mint,
  ordinary: ['guest', 'host', 'several calls'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => stream.facts(await minted(name));
const read = (claims: JsonObject) => stream.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;

test('a call token is certain, a server token likely, and a user token never more than possible', async () => {
  const confidence = async (name: string) => stream.recognise(await minted(name))?.confidence;
  expect(await confidence('guest')).toBe('certain');
  expect(await confidence('host')).toBe('certain');
  expect(await confidence('odd: calls as one string')).toBe('likely');
  expect(await confidence('server')).toBe('likely');
  expect(await confidence('without room')).toBe('possible');
  expect(await confidence('without expiry')).toBe('possible');
});

test('tokens that name the user twice are recognised by that', async () => {
  expect(stream.recognise(await minted('demo server'))?.confidence).toBe('certain');
  expect(read({ user_id: 'ada', sub: 'user/ada', iss: 'https://idp.example' })).toBe('likely');
  expect(read({ user_id: 'ada', sub: 'user/grace', iss: 'https://idp.example' })).toBeNull();
  expect(read({ user_id: 'ada', sub: 'user/ada', iss: 'https://a.getstream.io.evil.example' })).toBe('likely');
});

test('a `user_id` among claims of somebody else is not taken', () => {
  expect(read({ user_id: 'ada', email: 'ada@example.org', exp: now })).toBeNull();
  expect(read({ user_id: 'ada', iss: 'https://securetoken.google.com/x', aud: 'x' })).toBeNull();
  expect(read({ user_id: 17, token_type: 'access' })).toBeNull();
  expect(read({ server: true, name: 'srv-1' })).toBeNull();
  expect(read({ call_cids: ['nonsense'] })).toBeNull();
});

test('a call token opens its calls; what its role may do is for the call type to say', async () => {
  expect(await facts('guest')).toMatchObject({
    room: 'default:standup',
    roomScope: 'one-room',
    userId: 'ada',
    role: 'unknown',
  });
  expect((await facts('guest')).privileges).toMatchObject({
    join: { allowed: true, claim: 'call_cids' },
    'publish-video': { allowed: null, claim: 'role' },
  });
  expect(await facts('several calls')).toMatchObject({
    room: 'default:standup, livestream:town-hall',
    roomScope: 'some-rooms',
  });
});

test('an admin of a call is taken for a host, with rights still left to the call type', async () => {
  expect(await facts('host')).toMatchObject({ role: 'host', vendorRole: 'admin', roleClaim: 'role' });
  expect((await facts('host')).privileges['mute-others']?.allowed).toBeNull();
});

test('without `call_cids` every call the role may join is open', async () => {
  expect(await facts('without room')).toMatchObject({ product: 'user token', room: null, roomScope: 'all-rooms' });
  expect((await facts('without room')).privileges.join?.allowed).toBeNull();
});

test('a server token is a server credential', async () => {
  expect(await facts('server')).toMatchObject({ use: 'service-key', role: 'server', roleClaim: 'server' });
  expect((await facts('server')).privileges['manage-rooms']).toMatchObject({ allowed: true, claim: 'server' });
  expect(stream.serverRights?.(await minted('server'))).toMatchObject([{ total: true }]);
  expect(stream.serverRights?.(await minted('host'))).toEqual([]);
});

test('calls written as one text open none that could be told', async () => {
  const token = await minted('odd: calls as one string');
  expect(stream.facts(token)).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect(stream.joinProblems?.(token, [])).toMatchObject([{ at: 'claims.call_cids' }]);
});

test('call tokens live an hour, permanent ones for ever', async () => {
  expect(readTimes(await minted('guest'), stream, now).lifetimeSeconds).toBe(hours(1));
  expect(readTimes(await minted('without expiry'), stream, now).status).toBe('never-expires');
});
