import {
  vonage as mint,
  sessionId,
  vonageApplication,
  vonageClaims,
} from '../../../../../test/builders/mint/vonage.ts';
import { days, hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { judge } from '../../../../../test/cases/rule.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { readTimes } from '../../times.ts';
import { projectOfSession } from './opentok-session.ts';
import { vonage } from './vonage.ts';

providerCases(vonage, {
  tokens: mint,
  ordinary: ['guest', 'host', 'viewer', 'role by default'],
  // Its SDK reads the clock twice, so that the 24 hours of a default are sometimes a second more: one tier up for hosts.
  mayRaise: { host: ['lifetime-long'] },
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => vonage.facts(await minted(name));
const allowed = async (name: string) =>
  Object.fromEntries(Object.entries((await facts(name)).privileges).map(([right, grant]) => [right, grant.allowed]));
const read = (claims: JsonObject) => decode(vonageClaims(claims), 'jws');
const confidence = (claims: JsonObject) => vonage.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;

test('recognises what the SDK mints: client tokens for certain, tokens for the REST API as likely', async () => {
  for (const name of ['guest', 'host', 'viewer', 'sends only', 'role by default', 'without expiry', 'unknown role']) {
    expect([name, vonage.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  }
  expect(vonage.recognise(await minted('without session'))?.confidence).toBe('likely');
  expect(vonage.recognise(await minted('server'))?.confidence).toBe('likely');
});

test.each([
  [
    'a user of another Vonage product',
    { application_id: vonageApplication, sub: 'alice', acl: { paths: {} }, jti: 'x' },
  ],
  ['an OpenTok JWT', { iss: '12345678', ist: 'project', session_id: '1_MX4', scope: 'session.connect' }],
  ['an application id of another shape', { application_id: 'my-app', jti: 'x', exp: now }],
  ['a session alone', { session_id: '1_MX4', role: 'publisher' }],
])('near miss: %s is not Vonage Video', (_, claims) => {
  expect(confidence(claims as JsonObject)).toBeNull();
});

test('the four roles, and publisher by default', async () => {
  expect(await facts('host')).toMatchObject({ role: 'host', vendorRole: 'moderator', roleClaim: 'role' });
  expect(await facts('guest')).toMatchObject({ role: 'participant', vendorRole: 'publisher' });
  expect(await facts('viewer')).toMatchObject({ role: 'viewer', vendorRole: 'subscriber' });
  expect(await facts('sends only')).toMatchObject({ role: 'participant', vendorRole: 'publisheronly' });
  expect(vonage.facts(decode(vonageClaims({ role: undefined as never }), 'jws'))).toMatchObject({
    role: 'participant',
    vendorRole: null,
    roleBecause: '`role` is absent, which means publisher',
  });
  for (const role of ['presenter', 'Moderator', 1, null, {}, ['moderator'], '__proto__', 'constructor']) {
    expect([role, vonage.facts(read({ role })).role]).toEqual([role, 'unknown']);
  }
});

test('rights by role', async () => {
  const moderate = { 'mute-others': true, 'remove-others': true };
  const none = { 'mute-others': false, 'remove-others': false };
  expect(await allowed('host')).toMatchObject({
    ...moderate,
    subscribe: true,
    'publish-video': true,
    'send-data': true,
  });
  expect(await allowed('guest')).toMatchObject({ ...none, subscribe: true, 'publish-video': true, 'send-data': true });
  expect(await allowed('viewer')).toMatchObject({
    ...none,
    subscribe: true,
    'publish-video': false,
    'send-data': null,
  });
  expect(await allowed('sends only')).toMatchObject({
    ...none,
    subscribe: false,
    'publish-video': true,
    'send-data': false,
  });
  expect(await allowed('guest')).toMatchObject({
    join: true,
    record: false,
    'manage-rooms': false,
    'admit-others': null,
  });
});

test('a token without session is for servers', async () => {
  expect(await facts('server')).toMatchObject({ use: 'service-key', role: 'server', room: null });
  expect(await allowed('server')).toMatchObject({ join: false, 'manage-rooms': true, record: true });
  expect(vonage.serverRights?.(await minted('server'))).toMatchObject([{ total: true }]);
  expect(vonage.serverRights?.(await minted('host'))).toEqual([]);
  expect(vonage.joinProblems?.(await minted('server'), [])).toEqual([]);
});

test('a client token that lost its session still is one', async () => {
  expect(await facts('without session')).toMatchObject({ use: 'video-join', room: null, roomScope: 'not-stated' });
  expect((await allowed('without session')).join).toBe(false);
});

test('project, session and times', async () => {
  expect(await facts('guest')).toMatchObject({
    tenant: vonageApplication,
    room: sessionId(vonageApplication),
    roomScope: 'one-room',
    userId: null,
  });
  expect(readTimes(await minted('guest'), vonage, now).lifetimeSeconds).toBeCloseTo(hours(24), -1);
  expect(readTimes(await minted('without expiry'), vonage, now).status).toBe('never-expires');
  expect(vonage.lifetime.ceilingSeconds).toBe(days(30));
});

test('session ids show their project', () => {
  expect(projectOfSession(sessionId('12345678'))).toBe('12345678');
  expect(projectOfSession(sessionId(vonageApplication).replace(/^1_/, '2_'))).toBe(vonageApplication);
  for (const other of [
    '',
    '1_',
    '3_MX4xMjM0NTY3OA',
    '1_!!!!!!!!!!',
    '1_AAAAAAAAAAAA',
    'standup',
    `1_${'A'.repeat(10_000)}`,
  ]) {
    expect(projectOfSession(other)).toBeNull();
  }
});

test('a session of another project, another scope, or what is no session', () => {
  const problems = (claims: JsonObject) => vonage.joinProblems?.(read(claims), []).map(({ at }) => at);
  expect(problems({})).toEqual([]);
  expect(problems({ session_id: sessionId('12345678') })).toEqual(['claims.session_id']);
  expect(problems({ session_id: 'standup' })).toEqual(['claims.session_id']);
  expect(problems({ scope: 'session.admin' })).toEqual(['claims.scope']);
});

test('paths that no SDK writes into a client token are told, as ones that may open more', async () => {
  const paths = (acl: JsonObject) => vonage.otherProductRights?.(read({ acl: { paths: acl } }));
  expect(paths({ '/session/**': {} })).toEqual([]);
  expect(paths({ '/**': {} })).toMatchObject([{ claim: 'acl.paths', says: expect.stringContaining('may take') }]);
  expect(paths({ '/session/**': {}, '/*/conversations/**': {}, '/*/users/**': {} })).toHaveLength(2);
  for (const name of ['guest', 'server']) expect(vonage.otherProductRights?.(await minted(name))).toEqual([]);
  const { subjects } = judge({ texts: [vonageClaims({ acl: { paths: { '/**': {} } } })] });
  expect(subjects[0]?.findings).toContainEqual(
    expect.objectContaining({ rule: 'video-admin-grant', severity: 'medium' }),
  );
});
