import { decodeToken } from 'opentok-token/helpers.js';
import {
  opentok as mint,
  opentokClaims,
  opentokKey,
  opentokLegacy,
  opentokT1,
} from '../../../../../test/builders/mint/opentok.ts';
import { sessionId } from '../../../../../test/builders/mint/vonage.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, renamed, test } from '../../../../../test/cases/provider.ts';
import { judge } from '../../../../../test/cases/rule.ts';
import { decode } from '../../../decode/decode.ts';
import { detect } from '../../../find/detect.ts';
import type { Token } from '../../../model/token.ts';
import type { JsonObject } from '../../../text/json.ts';
import { readTimes } from '../../times.ts';
import { opentok } from './opentok.ts';

providerCases(opentok, {
  tokens: { ...mint, ...renamed(opentokLegacy, 'legacy') },
  ordinary: ['guest', 'host', 'viewer', 'role by default', 'legacy guest', 'legacy host', 'legacy viewer'],
  // Its SDK reads the clock twice, so that the 24 hours of a default are sometimes a second more: one tier up for hosts.
  mayRaise: { host: ['lifetime-long'] },
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const legacy = async (name: string) => decode((await opentokLegacy[name]?.()) ?? '', 'opentok-t1');
const t1 = (fields: Record<string, string | number> = {}) => decode(opentokT1(fields), 'opentok-t1');
const read = (claims: JsonObject) => decode(opentokClaims(claims), 'jws');
const allowed = (token: Token) =>
  Object.fromEntries(Object.entries(opentok.facts(token).privileges).map(([right, grant]) => [right, grant.allowed]));

test('recognises what the SDK mints, in both forms and for the REST API', async () => {
  for (const name of Object.keys(mint).filter((name) => name !== 'without session')) {
    expect([name, opentok.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  }
  expect(opentok.recognise(await minted('without session'))?.confidence).toBe('likely');
  for (const name of Object.keys(opentokLegacy)) {
    expect([name, opentok.recognise(await legacy(name))?.confidence]).toEqual([name, 'certain']);
  }
});

test.each([
  ['Vonage Video', { application_id: 'a', session_id: '1_MX4', scope: 'session.connect' }],
  ['another kind of issuer', { iss: '12345678', ist: 'account', iat: now }],
  ['a session of one’s own', { iss: 'me', session_id: 'x', role: 'publisher' }],
])('near miss: %s is not OpenTok', (_, claims) => {
  expect(opentok.recognise(decode(jwt(claims), 'jws'))).toBeNull();
});

test('the four roles, in both forms', async () => {
  expect(opentok.facts(await minted('host'))).toMatchObject({
    role: 'host',
    vendorRole: 'moderator',
    roleClaim: 'role',
  });
  expect(opentok.facts(await minted('guest'))).toMatchObject({ role: 'participant', vendorRole: 'publisher' });
  expect(opentok.facts(await minted('viewer'))).toMatchObject({ role: 'viewer', vendorRole: 'subscriber' });
  expect(opentok.facts(await minted('sends only'))).toMatchObject({ role: 'participant', vendorRole: 'publisheronly' });
  expect(opentok.facts(await minted('unknown role')).role).toBe('unknown');
  expect(opentok.facts(await legacy('host'))).toMatchObject({ role: 'host', product: 'OpenTok T1 token (legacy)' });
  expect(opentok.facts(await legacy('viewer')).role).toBe('viewer');
  expect(allowed(await legacy('host'))).toMatchObject({ 'mute-others': true, 'remove-others': true, join: true });
});

test('project, session and times, in both forms', async () => {
  for (const token of [read({}), t1()]) {
    expect(opentok.facts(token)).toMatchObject({
      tenant: opentokKey,
      room: sessionId(opentokKey),
      roomScope: 'one-room',
      roomClaim: 'session_id',
    });
    expect(readTimes(token, opentok, now)).toMatchObject({
      issuedAt: now,
      expiresAt: now + hours(1),
      lifetimeSeconds: hours(1),
      status: 'active',
    });
  }
  expect(readTimes(await legacy('guest'), opentok, now).lifetimeSeconds).toBe(hours(24));
  expect(readTimes(await minted('without expiry'), opentok, now).expiresAt).toBeNull();
});

test('fields are read as the vendor’s own decoder reads them', async () => {
  const text = (await opentokLegacy.guest?.()) ?? '';
  const { claims } = decode(text, 'opentok-t1');
  const theirs = decodeToken(text);
  expect(claims?.connection_data).toBe('name=Jo & co');
  for (const name of ['session_id', 'role', 'nonce', 'connection_data', 'create_time', 'expire_time']) {
    expect([name, String(claims?.[name])]).toEqual([name, String(theirs[name])]);
  }
});

test('the older form is called legacy', async () => {
  expect(opentok.legacy?.(await legacy('guest'))).toContain('JWT');
  expect(opentok.legacy?.(await minted('guest'))).toBeNull();
});

test('a project token is for servers', async () => {
  expect(opentok.facts(await minted('server'))).toMatchObject({
    use: 'service-key',
    role: 'server',
    tenant: opentokKey,
  });
  expect(allowed(await minted('server'))).toMatchObject({ join: false, 'manage-rooms': true });
  expect(opentok.serverRights?.(await minted('server'))).toMatchObject([{ claim: 'ist', total: true }]);
  expect(opentok.serverRights?.(await minted('host'))).toEqual([]);
});

test('a session of another project, and two expiries that disagree', () => {
  const problems = (token: Token) => opentok.joinProblems?.(token, []).map(({ at }) => at);
  expect(problems(read({}))).toEqual([]);
  expect(problems(t1())).toEqual([]);
  expect(problems(read({ session_id: sessionId('87654321') }))).toEqual(['claims.session_id']);
  expect(problems(t1({ session_id: sessionId('87654321') }))).toEqual(['claims.session_id']);
  expect(problems(read({ expire_time: now + hours(2) }))).toEqual(['claims.expire_time']);
});

test('a token whose `T1==` was cut off is named as such, and does not connect', async () => {
  const bare = opentokT1().slice(4);
  const found = (text: string) => detect(text).hits.map(({ token, form }) => [form, token]);
  for (const text of [bare, `{"token":"${bare}"}`, `const token = '${bare}';`, `?token=${bare}`])
    expect([text, found(text)]).toEqual([text, [['opentok-t1', bare]]]);
  const token = decode(bare, 'opentok-t1');
  expect(token).toMatchObject({ problem: null, irregularities: [{ code: 'prefix-missing' }], claims: t1().claims });
  expect(opentok.facts(token)).toMatchObject({
    product: expect.stringContaining('`T1==` is missing'),
    tenant: opentokKey,
    role: 'participant',
  });
  expect(opentok.joinProblems?.(token, [])).toMatchObject([
    { likelihood: 'certain', says: expect.stringContaining('T1==') },
  ]);
  const { subjects } = judge({ texts: [bare] });
  expect(subjects[0]?.findings.map(({ rule }) => rule)).not.toContain('encoding-irregular');
});

test('a prefix in another spelling is no missing one', () => {
  const whole = opentokT1();
  for (const spelt of [
    whole.replace('==', '%3D%3D'),
    JSON.stringify({ t: whole }).replace('==', '\\u003d\\u003d'),
    whole.replace('==', '=3D=3D'),
  ]) {
    expect(detect(spelt).hits.filter(({ token }) => !token.startsWith('T1=='))).toEqual([]);
  }
});

test('a damaged T1 token is still known for what it is', () => {
  for (const text of ['T1==', 'T1==!!!', `${opentokT1().slice(0, 40)}`]) {
    const token = decode(text, 'opentok-t1');
    expect(opentok.recognise(token)?.confidence).toBe('certain');
    expect(opentok.facts(token)).toMatchObject({ use: 'video-join' });
  }
});
