import { jaas as jaasMint } from '../../../../../test/builders/mint/jaas.ts';
import { jitsiClaims, jitsiToken, jitsi as mint } from '../../../../../test/builders/mint/jitsi.ts';
import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { judge } from '../../../../../test/cases/rule.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { recognise } from '../../recognise.ts';
import { readTimes } from '../../times.ts';
import { jaas } from './jaas.ts';
import { jitsi } from './jitsi.ts';

providerCases(jitsi, {
  tokens: mint,
  ordinary: ['guest', 'host', 'visitor', 'without context'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const read = (claims: JsonObject) => decode(jitsiToken(claims), 'jws');
const user = (members: JsonObject, more: JsonObject = {}) => read({ context: { user: members, ...more } });
const facts = async (name: string) => jitsi.facts(await minted(name));
const allowed = (token: ReturnType<typeof read>) =>
  Object.fromEntries(Object.entries(jitsi.facts(token).privileges).map(([name, grant]) => [name, grant.allowed]));
const confidence = (claims: JsonObject) => jitsi.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;
const problems = (token: ReturnType<typeof read>) => jitsi.joinProblems?.(token, []).map(({ at }) => at);

test('recognises tokens of every kind', async () => {
  for (const name of Object.keys(mint)) {
    expect([name, jitsi.recognise(await minted(name))?.confidence]).toEqual([
      name,
      expect.stringMatching(/certain|likely/),
    ]);
  }
});

test.each([
  ['room, context, issuer and audience', { room: 'a', iss: 'i', aud: 'b', context: { user: {} } }, 'certain'],
  ['room, issuer, audience and subject', { room: 'a', iss: 'i', aud: 'b', sub: 'c' }, 'likely'],
  ['room, issuer and audience', { room: 'a', iss: 'i', aud: 'b' }, 'possible'],
  ['room and context only', { room: 'a', context: { user: {} } }, 'possible'],
  ['what is left of a damaged sample', { room: '*', sub: 'meet.example', context: { user: {} } }, 'likely'],
  ['no room, but user and features', { iss: 'i', aud: 'b', context: { user: {}, features: {} } }, 'likely'],
  [
    'no room, but a feature of Jitsi',
    { iss: 'i', aud: 'b', context: { user: {}, features: { beta: true, recording: true } } },
    'likely',
  ],
  [
    'no room, and features that Jitsi does not know',
    { iss: 'i', aud: 'b', context: { user: { id: '1' }, features: { beta: true } } },
    'possible',
  ],
  [
    'no room, and nothing that Jitsi knows',
    { iss: 'i', aud: 'b', context: { user: { plan: 'x' }, features: { beta: true } } },
    null,
  ],
])('%s: recognised as %3$s', (_, claims, expected) => {
  expect(confidence(claims as JsonObject)).toBe(expected);
});

test.each([
  ['LiveKit with a stray room', { room: 'a', iss: 'key', aud: 'b', video: { roomJoin: true } }],
  ['Galene', { sub: 'ada', aud: 'https://galene.example/group/a/', iss: 'i', room: 'a', permissions: ['op'] }],
  ['a room alone', { room: '12b', exp: now }],
  ['an ID token', { iss: 'https://login.example', aud: 'client', sub: 'ada', nonce: 'x' }],
  ['a room that is no text', { room: 12, iss: 'i', aud: 'b', sub: 'c' }],
])('near miss: %s is not Jitsi', (_, claims) => {
  expect(confidence(claims as JsonObject)).toBeNull();
});

test('a JaaS token is JaaS first, whatever the order', async () => {
  for (const name of Object.keys(jaasMint)) {
    const token = decode((await jaasMint[name]?.()) ?? '', 'jws');
    for (const order of [
      [jitsi, jaas],
      [jaas, jitsi],
    ])
      expect([name, recognise(token, order)[0]?.provider.id]).toEqual([name, 'jaas']);
  }
});

test('the kin ClanMeeting is named', async () => {
  expect((await facts('ClanMeeting')).product).toContain('ClanMeeting');
});

test('owner, moderator and teacher ask for moderator, and so does the flag in either spelling', () => {
  for (const affiliation of ['owner', 'moderator', 'teacher']) {
    expect(jitsi.facts(user({ affiliation }))).toMatchObject({
      role: 'host',
      vendorRole: affiliation,
      roleClaim: 'context.user.affiliation',
    });
  }
  for (const moderator of [true, 'true']) {
    expect(jitsi.facts(user({ moderator }))).toMatchObject({ role: 'host', roleClaim: 'context.user.moderator' });
    expect(jitsi.facts(user({ moderator, affiliation: 'member' })).role).toBe('host');
  }
  for (const moderator of [false, 'false', 'yes', 1, null, {}]) {
    expect(jitsi.facts(user({ moderator })).role).toBe('participant');
  }
});

test('whether moderating works is the server’s decision, and the words say so', () => {
  const host = jitsi.facts(user({ moderator: true }));
  expect(host.roleBecause).toContain('affiliation module');
  expect(host.privileges['mute-others']).toMatchObject({
    allowed: null,
    claim: 'context.user.moderator',
    because: expect.stringContaining('a stock server decides by its own settings'),
  });
  expect(jitsi.facts(user({})).privileges['remove-others']?.allowed).toBeNull();
});

test('`moderator` at the top is read by nothing', async () => {
  expect(await facts('moderator at the top')).toMatchObject({ role: 'participant' });
  expect(jitsi.aliases?.moderator).toBe('context.user.moderator');
});

test('who is left out of recordings is seen by the others all the same', () => {
  for (const flag of [true, 'true', 'no']) {
    expect(allowed(user({ 'hidden-from-recorder': flag }))['join-hidden']).toBe(false);
  }
  const grant = jitsi.facts(user({ 'hidden-from-recorder': true })).privileges['join-hidden'];
  expect(grant).toMatchObject({
    claim: 'context.user.hidden-from-recorder',
    because: expect.stringContaining('others'),
  });
  const { subjects } = judge({ texts: [jitsiToken({ context: { user: { id: 'u', 'hidden-from-recorder': true } } })] });
  expect(subjects[0]?.findings.map(({ rule }) => rule)).not.toContain('video-hidden-participant');
});

test('without `context` the id of the user stands in `user_id`', () => {
  expect(jitsi.facts(read({ context: undefined as never, user_id: 'ada' })).userId).toBe('ada');
  expect(jitsi.facts(read({ context: {}, user_id: 'ada' })).userId).toBeNull();
  expect(jitsi.facts(user({ id: 'grace' })).userId).toBe('grace');
});

test('the chat is closed to nobody unless the room restricts it', () => {
  for (const features of [{ 'send-groupchat': false }, { 'send-groupchat': 'false' }, { recording: true }]) {
    const grant = jitsi.facts(user({}, { features })).privileges['send-data'];
    expect(grant).toMatchObject({ allowed: null, because: expect.stringContaining('only in rooms that restrict') });
  }
  expect(allowed(user({}))['send-data']).toBeNull();
});

test('without features the server lets moderators', () => {
  expect(jitsi.facts(user({})).privileges.record?.because).toContain('the server lets moderators');
});

test('a feature that the server knows and the client does not is told apart from a mistake', () => {
  const says = (features: JsonObject) =>
    jitsi.joinProblems?.(user({}, { features }), []).map(({ says: words }) => words);
  expect(says({ 'live-translation-subscribe': true })).toEqual([expect.stringContaining('which the server reads')]);
  expect(says({ 'live-translations': true })).toEqual([expect.stringContaining('which Jitsi Meet does not know')]);
});

test('a visitor watches', async () => {
  expect(await facts('visitor')).toMatchObject({ role: 'viewer', vendorRole: 'visitor' });
  expect(allowed(await minted('visitor'))).toMatchObject({ 'publish-audio': false, 'share-screen': false });
});

test('features decide once they are there, in four spellings', () => {
  for (const value of [true, 'true']) {
    expect(
      allowed(
        user(
          {},
          { features: { recording: value, livestreaming: value, transcription: value, 'outbound-call': value } },
        ),
      ),
    ).toMatchObject({
      record: true,
      'live-stream': true,
      transcribe: true,
      'dial-out': true,
    });
  }
  for (const value of [false, 'false', 1, 'yes', null]) {
    expect(allowed(user({}, { features: { recording: value } })).record).toBe(false);
  }
  expect(allowed(user({}, { features: {} }))).toMatchObject({ record: false, 'dial-out': false, 'share-screen': null });
  expect(allowed(user({}, { features: { 'screen-sharing': false, 'send-groupchat': true } }))).toMatchObject({
    'share-screen': false,
    'send-data': true,
  });
  expect(allowed(user({}))).toMatchObject({ record: null, 'live-stream': null });
});

test('rooms: one, every one, by Lua pattern, none', async () => {
  expect(await facts('guest')).toMatchObject({
    room: 'standup',
    roomScope: 'one-room',
    tenant: 'meet.example.com',
    wildcards: [],
  });
  expect(await facts('every room')).toMatchObject({ room: '*', roomScope: 'all-rooms', tenant: '*' });
  expect((await facts('every room')).wildcards?.map(({ claim }) => claim)).toEqual(['room', 'sub']);
  expect(await facts('rooms by pattern')).toMatchObject({ room: 'standup%-%d+', roomScope: 'some-rooms' });
  expect((await facts('rooms by pattern')).wildcards).toMatchObject([{ claim: 'context.room.regex' }]);
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect(allowed(await minted('without room')).join).toBeNull();
});

test('the server takes a token without expiry for ever', async () => {
  expect(readTimes(await minted('without expiry'), jitsi, now).status).toBe('never-expires');
  expect(jitsi.joinProblems?.(await minted('without expiry'), []).map(({ at }) => at)).toContain('claims.exp');
});

test('what makes the server or client complain', async () => {
  expect(problems(await minted('guest'))).toEqual([]);
  expect(problems(user({ name: null }))).toEqual(['claims.context.user.name']);
  expect(problems(user({}, { features: { recoding: true } }))).toEqual(['claims.context.features.recoding']);
  expect(problems(user({}, { features: { recording: 'yes' } }))).toEqual(['claims.context.features.recording']);
  expect(problems(read({ room: 'a-\\d+', context: { room: { regex: true } } }))).toEqual(['claims.room']);
  const claims = { room: 'a', iss: 'i', aud: 'b', sub: 'c', exp: now + hours(1), context: {} };
  expect(problems(decode(rawJwt({ alg: 'HS256' }, claims), 'jws'))).toEqual(['header.typ']);
  expect(problems(decode(rawJwt({ alg: 'HS256', typ: 'jwt' }, claims), 'jws'))).toEqual(['header.typ']);
});

test('a pattern opens the rooms it matches, in lower case', async () => {
  const token = await minted('rooms by pattern');
  expect(jitsi.opensRoom?.(token, 'StandUp-12')).toBe(true);
  expect(jitsi.opensRoom?.(token, 'retro')).toBe(false);
  expect(jitsi.opensRoom?.(await minted('guest'), 'retro')).toBe(false);
  expect(jitsi.opensRoom?.(await minted('guest'), 'StandUp')).toBe(true);
});

test.each([
  ['https://meet.jit.si/StandUp', 'StandUp'],
  ['https://meet.jit.si/tenant/standup?jwt=x', 'standup'],
  ['https://calls.example/standup#jwt=x', 'standup'],
  ['https://calls.example/standup#config.startWithAudioMuted=true', 'standup'],
  ['https://jitsi.example.org/standup', 'standup'],
  ['https://calls.example/standup', null],
  ['https://meet.jit.si/', null],
  ['https://meet.jit.si/static/welcome.html', null],
  ['https://meet.jit.si/a/b/c', null],
])('%s names the room %s', (url, room) => {
  expect(jitsi.roomInUrl?.(new URL(url))).toBe(room);
});

test('the sample of a known tutorial, its letters restored, is an ordinary token with the flag in the wrong place', () => {
  const token = decode(
    jitsiClaims({
      context: { user: { avatar: '', name: 'Iam Moderator', email: '' } },
      moderator: true,
      aud: 'jitsi',
      iss: 'my_app',
      sub: 'meet.example.com',
      room: '*',
      exp: now + hours(1),
    }),
    'jws',
  );
  expect(recognise(token)[0]?.provider.id).toBe('jitsi');
  expect(jitsi.facts(token)).toMatchObject({ role: 'participant', roomScope: 'all-rooms' });
});
