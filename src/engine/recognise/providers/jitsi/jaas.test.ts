import { jaasAppId, jaasClaims, jaasToken, jaas as mint } from '../../../../../test/builders/mint/jaas.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { readTimes } from '../../times.ts';
import { jaas } from './jaas.ts';

providerCases(jaas, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => jaas.facts(await minted(name));
const allowed = (text: string) =>
  Object.fromEntries(
    Object.entries(jaas.facts(decode(text, 'jws')).privileges).map(([name, grant]) => [name, grant.allowed]),
  );
const problems = (text: string, address?: string) =>
  jaas.joinProblems?.(decode(text, 'jws'), address ? [new URL(address)] : []).map(({ at }) => at);

test('recognises every kind for certain, by key, subject or the pair of issuer and audience', async () => {
  for (const name of Object.keys(mint)) {
    expect([name, jaas.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  }
  const read = (claims: JsonObject, header: JsonObject = {}) => jaas.recognise(decode(jwt(claims, header), 'jws'));
  expect(read({ iss: 'chat', aud: 'jitsi' })?.because).toContain('`iss` is "chat"');
  expect(read({ room: 'a' }, { kid: `${jaasAppId}/1` })?.because).toContain('`kid`');
});

test.each([
  ['Jitsi with another issuer', { iss: 'my_app', aud: 'jitsi', room: 'a', sub: 'meet.example.com' }],
  ['Jitsi with another audience', { iss: 'chat', aud: 'my_app', room: 'a', sub: 'meet.example.com' }],
  ['ClanMeeting', { iss: 'production', aud: 'clanmeeting', room: 'a', sub: 'consumer-1' }],
])('near miss: %s is not JaaS', (_, claims) => {
  expect(jaas.recognise(decode(jwt(claims), 'jws'))).toBeNull();
});

test('a moderator is host, in either spelling; nobody else is', async () => {
  expect(await facts('host')).toMatchObject({
    role: 'host',
    vendorRole: 'moderator',
    roleClaim: 'context.user.moderator',
  });
  expect(await facts('guest')).toMatchObject({
    role: 'participant',
    roleBecause: '`context.user.moderator` is "false"',
  });
  const role = (moderator: JsonObject[string]) =>
    jaas.facts(decode(jaasToken({ context: { user: { moderator }, features: {} } }), 'jws')).role;
  expect(role(true)).toBe('host');
  for (const other of [false, 'yes', 1, null, {}]) expect(role(other)).toBe('participant');
});

test('rights of a host and of a guest', async () => {
  expect(allowed((await mint.host?.()) ?? '')).toMatchObject({
    join: true,
    'mute-others': true,
    'remove-others': true,
    record: true,
    'live-stream': true,
    transcribe: true,
    'dial-out': true,
    'manage-rooms': false,
  });
  expect(allowed((await mint.guest?.()) ?? '')).toMatchObject({
    join: true,
    'publish-audio': null,
    'mute-others': false,
    record: false,
    'live-stream': false,
  });
});

test('a feature needs a moderator', () => {
  const text = jaasToken({ context: { user: { moderator: 'false' }, features: { recording: 'true' } } });
  expect(allowed(text).record).toBe(false);
  expect(problems(text)).toEqual(['claims.context.user.moderator']);
});

test('what a participant may do anyway can only be switched off', () => {
  const features = { 'screen-sharing': 'false', 'send-groupchat': 'true' };
  expect(allowed(jaasToken({ context: { user: {}, features } }))).toMatchObject({
    'share-screen': false,
    'send-data': true,
  });
});

test('who is left out of recordings is seen, and the chat closes only in rooms that restrict it', () => {
  const text = jaasToken({
    context: { user: { 'hidden-from-recorder': 'true' }, features: { 'send-groupchat': 'false' } },
  });
  expect(allowed(text)).toMatchObject({ 'join-hidden': false, 'send-data': null });
});

test('`admin` makes a server credential', async () => {
  expect(await facts('server')).toMatchObject({
    use: 'service-key',
    role: 'server',
    roleClaim: 'admin',
    product: 'server API token',
  });
  expect(jaas.serverRights?.(await minted('server'))).toMatchObject([{ claim: 'admin', total: true }]);
  expect(jaas.serverRights?.(await minted('host'))).toEqual([]);
  expect(jaas.facts(decode(jaasToken({ admin: 'true' }), 'jws')).role).toBe('participant');
});

test('rooms and times', async () => {
  expect(await facts('guest')).toMatchObject({ tenant: jaasAppId, room: 'standup', roomScope: 'one-room' });
  expect(await facts('every room')).toMatchObject({ roomScope: 'all-rooms', wildcards: [{ claim: 'room' }] });
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect(allowed((await mint['without room']?.()) ?? '').join).toBe(false);
  expect(readTimes(await minted('host'), jaas, now).lifetimeSeconds).toBe(hours(3));
  expect(readTimes(await minted('without expiry'), jaas, now).status).toBe('never-expires');
});

test('the key, the AppID and the address belong together', () => {
  expect(problems(jaasToken())).toEqual([]);
  expect(problems(jaasToken({}, { kid: 'abc123' }))).toEqual(['header.kid']);
  expect(problems(jaasToken({}, { kid: 'vpaas-magic-cookie-ffff/abc123' }))).toEqual(['claims.sub']);
  expect(problems(jaasToken(), `https://8x8.vc/${jaasAppId}/standup`)).toEqual([]);
  expect(problems(jaasToken(), 'https://8x8.vc/vpaas-magic-cookie-ffff/standup')).toEqual(['claims.sub']);
});

test('client checks are named as required claims', () => {
  expect(Object.keys(jaas.required ?? {}).sort()).toEqual([
    'aud',
    'context.features',
    'exp',
    'header.kid',
    'iss',
    'room',
    'sub',
  ]);
  expect(jaas.recognise(decode(jaasClaims({}), 'jws'))).not.toBeNull();
});

test.each([
  [`https://8x8.vc/${jaasAppId}/standup?jwt=x`, 'standup'],
  [`https://8x8.vc/${jaasAppId}/external_api.js`, null],
  ['https://8x8.vc/', null],
  ['https://8x8.vc/pricing', null],
  ['https://meet.jit.si/standup', null],
])('%s names the room %s', (url, room) => {
  expect(jaas.roomInUrl?.(new URL(url))).toBe(room);
});
