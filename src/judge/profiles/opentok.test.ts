import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { days, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { type StartedProxy, startTestProxy } from '../../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const secret = 'a-throw-away-project-secret-of-the-profile';
const session = (project: string) => `1_${Buffer.from(`1~${project}~~1795172400000~x~`).toString('base64url')}`;
let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({ keys: [{ provider: 'opentok', secret }] });
});
afterAll(() => proxy.close());

const without = undefined as never;
const project = (claims: JsonObject = {}, header: JsonObject = {}) =>
  jwt(
    {
      iss: '4582',
      ist: 'project',
      scope: 'session.connect',
      session_id: session('4582'),
      role: 'publisher',
      iat: now,
      exp: now + hours(1),
      ...claims,
    },
    header,
    secret,
  );

test.each([
  ['a client token', {}, {}, true],
  ['a token for the REST API', { scope: without, session_id: without, role: without, jti: 'x' }, {}, true],
  ['another project’s session', { session_id: session('9999') }, {}, false],
  ['no session', { session_id: without }, {}, false],
  ['another algorithm', {}, { alg: 'HS512' }, false],
  ['an end an hour ago', { exp: now - hours(1) }, {}, false],
] as [string, JsonObject, JsonObject, boolean][])('JWT: %s', async (_, claims, header, active) => {
  const reply = await proxy.ask(project(claims, header), { provider: 'opentok' });
  expect([reply.active, reply.roomkey?.profile]).toEqual([active, 'opentok']);
});

function t1(more: Record<string, string>, partner = '4582'): string {
  const data = new URLSearchParams({ session_id: session('4582'), role: 'publisher', nonce: '1', ...more }).toString();
  const sig = createHmac('sha1', secret).update(data).digest('hex');
  return `T1==${Buffer.from(`partner_id=${partner}&sig=${sig}:${data}`).toString('base64')}`;
}

test.each([
  ['an end to come', { create_time: String(now - 60), expire_time: String(now + 60) }, '4582', true],
  ['an end that is over', { create_time: String(now - days(2)), expire_time: String(now - days(1)) }, '4582', false],
  ['no end, made an hour ago', { create_time: String(now - hours(1)) }, '4582', true],
  ['no end, made two days ago', { create_time: String(now - days(2)) }, '4582', false],
  ['neither end nor beginning', { data: 'x' }, '4582', false],
  ['an end that is no number', { create_time: String(now), expire_time: 'later' }, '4582', false],
  ['another project outside', { create_time: String(now), expire_time: String(now + 60) }, '9999', false],
] as [string, Record<string, string>, string, boolean][])('T1: %s', async (_, more, partner, active) => {
  expect((await proxy.ask(t1(more, partner))).active).toBe(active);
});
