import { livekitClaims, livekit as mint } from '../../../../../test/builders/mint/livekit.ts';
import { jwt } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { judge } from '../../../../../test/cases/rule.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { meaningOf } from '../../registered-claims.ts';
import { livekit } from './livekit.ts';

providerCases(livekit, {
  tokens: mint,
  ordinary: ['guest', 'host', 'viewer', 'attributes', 'Element Call'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => livekit.facts(await minted(name));
const allowed = async (name: string) =>
  Object.fromEntries(Object.entries((await facts(name)).privileges).map(([right, grant]) => [right, grant.allowed]));
const made = (claims: JsonObject) => decode(livekitClaims(claims), 'jws');

test('recognises what the server SDK mints for certain', async () => {
  for (const name of Object.keys(mint)) {
    expect([name, livekit.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
    expect(livekit.recognise(await minted(name))?.because).toContain('OpenVidu 3 and Element Call');
  }
});

test('a home-made token without `iss` is likely, one grant alone is possible, and others are not taken', () => {
  const read = (claims: JsonObject) => livekit.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;
  expect(read({ video: { roomJoin: true, room: 'a' } })).toBe('likely');
  expect(read({ video: { room: 'a' } })).toBe('possible');
  expect(read({ iss: 'key', video: '{"roomJoin":true}' })).toBe('likely');
  expect(read({ grants: { video: { room: 'a' } }, iss: 'SK1' })).toBeNull();
  expect(read({ iss: 'https://cms.example', video: { title: 'Cats', length: 12 } })).toBeNull();
  expect(read({ iss: 'https://idp.example', agent: 'Mozilla/5.0' })).toBeNull();
});

test('absent grants mean allowed', async () => {
  expect(await facts('guest')).toMatchObject({
    use: 'video-join',
    tenant: 'APIabcdef12345',
    room: 'standup',
    roomScope: 'one-room',
    userId: 'ada',
    displayName: 'Ada',
    role: 'participant',
  });
  expect(await allowed('guest')).toMatchObject({
    join: true,
    subscribe: true,
    'publish-audio': true,
    'share-screen': true,
    'send-data': true,
    'mute-others': false,
    record: false,
    'manage-rooms': false,
    'join-hidden': false,
    'admit-others': null,
  });
});

test('`roomAdmin` makes a host, of this room only', async () => {
  expect(await facts('host')).toMatchObject({ role: 'host', roleClaim: 'video.roomAdmin' });
  expect(await allowed('host')).toMatchObject({ 'mute-others': true, 'remove-others': true, 'manage-rooms': false });
});

test('`canPublishData` follows `canPublish`, and `canPublishSources` restricts it', async () => {
  expect(await facts('viewer')).toMatchObject({ role: 'viewer', roleClaim: 'video.canPublish' });
  expect(await allowed('viewer')).toMatchObject({ 'publish-video': false, 'send-data': false, subscribe: true });
  expect(await allowed('one source only')).toMatchObject({ 'publish-audio': true, 'publish-video': false });
  expect(await allowed('attributes')).toMatchObject({ 'publish-video': true, 'send-data': false });
});

test('server-wide grants make a server credential', async () => {
  expect(await facts('server')).toMatchObject({ use: 'service-key', role: 'server', roomScope: 'all-rooms' });
  expect(await allowed('server')).toMatchObject({
    join: false,
    record: true,
    'live-stream': true,
    'manage-rooms': true,
  });
  expect(await facts('telephone server')).toMatchObject({ use: 'service-key', role: 'server', roleClaim: 'sip.admin' });
  const both = livekit.facts(made({ video: { roomJoin: true, room: 'a', roomList: true } }));
  expect(both).toMatchObject({ use: 'video-join', role: 'server' });
  expect(livekit.serverRights?.(made({ video: { roomJoin: true, room: 'a', roomList: true } }))).toMatchObject([
    { claim: 'video.roomList', total: false },
  ]);
});

test('a permission of the participant in its room makes no server credential', () => {
  const token = made({ video: { roomJoin: true, room: 'a', canManageAgentSession: true, canSubscribeMetrics: true } });
  expect(livekit.facts(token)).toMatchObject({ role: 'participant', use: 'video-join', roomScope: 'one-room' });
  expect(livekit.serverRights?.(token)).toEqual([]);
});

test.each([
  ['inference.perform', { inference: { perform: true } }],
  ['observability.write', { observability: { write: true } }],
  ['agent.simulationAdmin', { agent: { simulationAdmin: true } }],
  ['agent.databaseAdmin', { agent: { databaseAdmin: true } }],
])('`%s` alone is a credential of a server, of the project and of no room', (claim, grants) => {
  const token = made(grants);
  expect(livekit.recognise(token)?.confidence).toBe('certain');
  expect(livekit.facts(token)).toMatchObject({
    use: 'service-key',
    role: 'server',
    roleClaim: claim,
    roomScope: 'not-stated',
  });
  expect(livekit.facts(token).privileges.join?.allowed).toBe(false);
  expect(livekit.serverRights?.(token)).toMatchObject([{ claim, total: false }]);
});

test('everyday names of grants settle nothing for other issuers', () => {
  const read = (claims: JsonObject) => livekit.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;
  expect(read({ iss: 'https://idp.example', observability: { write: true } })).toBe('possible');
  expect(read({ iss: 'https://idp.example', observability: { write: 'all' }, inference: { perform: 1 } })).toBeNull();
  expect(read({ inference: { perform: true } })).toBe('possible');
  expect(read({ iss: 'devkey', inference: { perform: true } })).toBe('certain');
});

test('whether `sip.admin` alone places calls LiveKit’s own sources do not agree', () => {
  const dials = (sip: JsonObject) => livekit.facts(made({ sip })).privileges['dial-out'];
  expect(dials({ admin: true })).toMatchObject({ allowed: null, claim: 'sip.admin' });
  expect(dials({ admin: true, call: true })).toMatchObject({ allowed: true, claim: 'sip.call' });
  expect(dials({ admin: false })).toMatchObject({ allowed: false });
});

test('what a room is made with is explained, agents and what they cost among it', () => {
  const agents = [{ agentName: 'host', metadata: '{"prompt":"be kind"}' }];
  const token = made({ video: { roomJoin: true, room: 'a' }, roomConfig: { agents, maxParticipants: 5 } });
  expect(token.claims).not.toBeNull();
  expect(livekit.claims['roomConfig.agents']?.means).toMatch(/dispatched.*costs/);
  expect(meaningOf(livekit, 'roomConfig.agents.0.metadata')?.means).toContain('can read it');
  expect(meaningOf(livekit, 'roomConfig.maxParticipants')?.means).toContain('How many');
  for (const kind of ['connector', 'bridge']) expect(livekit.claims.kind?.means).toContain(kind);
  expect(livekit.claims.kindDetails?.means).toContain('bridge_rtsp');
});

test('a room name with personal data is told as an identity with it is', () => {
  const texts = [livekitClaims({ video: { roomJoin: true, room: 'ada@clinic.io' } })];
  const [subject] = judge({ texts }).subjects;
  const findings = subject?.findings.filter(({ rule }) => rule === 'video-personal-data');
  expect(findings).toMatchObject([{ at: 'claims.video.room', fix: expect.stringContaining('logs and traces') }]);
});

test('`roomJoin` without a room is refused, and `*` is only a name', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated', role: 'participant' });
  expect((await facts('without room')).privileges.join).toMatchObject({ allowed: false, claim: 'video.room' });
  expect(livekit.whenRoomAbsent).toBe('refused');
  expect(await facts('room named *')).toMatchObject({ room: '*', roomScope: 'one-room' });
  expect(livekit.joinProblems?.(await minted('room named *'), [])).toMatchObject([{ likelihood: 'possible' }]);
});

test('a hidden recorder is seen as one', async () => {
  expect(await allowed('hidden recorder')).toMatchObject({ 'join-hidden': true, record: false });
  const recorder = livekit.facts(made({ video: { roomJoin: true, room: 'a', recorder: true } }));
  expect(recorder.privileges['join-hidden']).toMatchObject({ allowed: true, claim: 'video.recorder' });
});

test('an empty identity and grants written as text are explained', () => {
  expect(livekit.joinProblems?.(made({ sub: '', video: { roomJoin: true, room: 'a' } }), [])).toMatchObject([
    { likelihood: 'certain', at: 'claims.sub' },
  ]);
  expect(livekit.joinProblems?.(made({ video: '{"roomJoin":true}' }), [])).toMatchObject([{ at: 'claims.video' }]);
});

test('an API key in the wrong claim is pointed out', () => {
  const imitation = decode(jwt({ sub: 'APIabcdef12345', video: { roomJoin: true, room: 'a' } }), 'jws');
  expect(livekit.joinProblems?.(imitation, [])).toMatchObject([{ at: 'claims.sub' }]);
});

test('a grant that is neither true nor false says nothing', () => {
  const { privileges } = livekit.facts(made({ video: { roomJoin: true, room: 'a', canPublish: 'yes' } }));
  expect(privileges['publish-audio']).toMatchObject({ allowed: null, claim: 'video.canPublish' });
  expect(privileges.subscribe?.allowed).toBe(true);
});
