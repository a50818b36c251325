import { afterAll, beforeAll, expect, test } from 'vitest';
import { jaasAppId, jaasToken } from '../../../test/builders/mint/jaas.ts';
import { rsaKeys } from '../../../test/builders/mint/keys.ts';
import { now } from '../../../test/builders/tokens.ts';
import { type StartedProxy, startTestProxy } from '../../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../../engine/text/json.ts';

let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({ keys: [{ provider: 'jaas', publicKey: rsaKeys().publicKey }] });
});
afterAll(() => proxy.close());

const other = jaasAppId.replace('0', '1');

test.each([
  ['a token of the AppID', {}, {}, { room: 'standup' }, true],
  ['the same under its own tenant', {}, {}, { room: 'standup', tenant: jaasAppId }, true],
  ['the same under another tenant', {}, {}, { room: 'standup', tenant: other }, false],
  ['another room', {}, {}, { room: 'retro' }, false],
  ['every room', { room: '*' }, {}, { room: 'retro' }, true],
  ['a key id of another AppID', {}, { kid: `${other}/abc123` }, {}, false],
  ['an AppID without a key id', {}, { kid: `${jaasAppId}/` }, {}, false],
  ['a key id without AppID', {}, { kid: 'abc123' }, {}, false],
  ['another algorithm', {}, { alg: 'RS512' }, {}, false],
  ['no `typ`', {}, { typ: undefined as never }, {}, false],
  ['another issuer', { iss: 'my_app' }, {}, {}, false],
  ['another audience', { aud: 'my_app' }, {}, {}, false],
  ['a list of audiences', { aud: ['jitsi'] }, {}, {}, false],
  ['an end five seconds ago', { exp: now - 5 }, {}, {}, false],
  ['a beginning in five seconds', { nbf: now + 5 }, {}, {}, false],
  ['`iat` in the future', { iat: now + 500 }, {}, {}, true],
  ['no room', { room: undefined as never }, {}, {}, false],
  ['a token for the server API, which names no room', { room: undefined as never, admin: true }, {}, {}, true],
] as [string, JsonObject, JsonObject, { room?: string; tenant?: string }, boolean][])(
  '%s',
  async (_, claims, header, question, active) => {
    const reply = await proxy.ask(jaasToken(claims, header), { provider: 'jaas', ...question });
    expect(reply.active).toBe(active);
  },
);

test('an AppID can be configured as issuer', async () => {
  const pinned = (issuer: string) =>
    startTestProxy({ keys: [{ provider: 'jaas', publicKey: rsaKeys().publicKey, issuer: [issuer] }] });
  const [own, foreign] = await Promise.all([pinned(jaasAppId), pinned(other)]);
  expect(await own.ask(jaasToken())).toMatchObject({ active: true });
  expect(await foreign.ask(jaasToken())).toMatchObject({ active: false });
  await Promise.all([own.close(), foreign.close()]);
});
