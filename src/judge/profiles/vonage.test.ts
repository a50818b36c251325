import { afterAll, beforeAll, expect, test } from 'vitest';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { type StartedProxy, startTestProxy } from '../../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const application = 'aaaaaaaa-bbbb-4ccc-8ddd-0123456789ab';
const session = (owner: string) => `2_${Buffer.from(`2~${owner}~~1795172400000~x~`).toString('base64url')}`;
let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({ keys: [{ provider: 'vonage', publicKey: rsaKeys().publicKey }] });
});
afterAll(() => proxy.close());

const token = (claims: JsonObject = {}, header: JsonObject = {}) =>
  jwt(
    {
      application_id: application,
      scope: 'session.connect',
      session_id: session(application),
      role: 'publisher',
      sub: 'video',
      jti: '9bb3dfe0',
      iat: now,
      exp: now + hours(1),
      ...claims,
    },
    { alg: 'RS256', ...header },
    rsaKeys().privateKey,
  );
const without = undefined as never;

test.each([
  ['a client token', {}, {}, true],
  ['a token for the REST API', { scope: without, session_id: without, sub: without, role: without }, {}, true],
  ['another application’s session', { session_id: session('99999999-bbbb-4ccc-8ddd-0123456789ab') }, {}, false],
  ['another scope', { scope: 'session.read' }, {}, false],
  ['no session', { session_id: without }, {}, false],
  ['a number as session', { session_id: 7 }, {}, false],
  ['no `jti`', { jti: without }, {}, false],
  ['no `iat`', { iat: without }, {}, false],
  ['another algorithm', {}, { alg: 'RS512' }, false],
  ['an end an hour ago', { exp: now - hours(1) }, {}, false],
] as [string, JsonObject, JsonObject, boolean][])('%s', async (_, claims, header, active) => {
  const reply = await proxy.ask(token(claims, header), { provider: 'vonage' });
  expect([reply.active, reply.roomkey?.profile]).toEqual([active, 'vonage']);
});
