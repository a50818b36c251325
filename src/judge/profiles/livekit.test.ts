import { afterAll, beforeAll, expect, test } from 'vitest';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { outcomes, type StartedProxy, startTestProxy } from '../../../test/doubles/proxy-client.ts';
import type { JsonObject } from '../../engine/text/json.ts';

const secret = 'a-throw-away-livekit-secret-of-the-profile';
const apiKey = 'APIorchard12345';
let proxy: StartedProxy;

beforeAll(async () => {
  proxy = await startTestProxy({ keys: [{ provider: 'livekit', secret, issuer: [apiKey] }] });
});
afterAll(() => proxy.close());

const token = (claims: JsonObject = {}, header: JsonObject = {}) =>
  jwt(
    { iss: apiKey, sub: 'ada', exp: now + hours(1), video: { roomJoin: true, room: 'standup' }, ...claims },
    header,
    secret,
  );
const without = undefined as never;

test.each([
  ['a plain token', {}, {}, true],
  ['an end nine seconds ago', { exp: now - 9 }, {}, true],
  ['an end ten seconds ago', { exp: now - 10 }, {}, false],
  ['a beginning in ten seconds', { nbf: now + 10 }, {}, true],
  ['a beginning in eleven seconds', { nbf: now + 11 }, {}, false],
  ['no expiry', { exp: without }, {}, false],
  ['an expiry as text', { exp: String(now + 60) }, {}, false],
  ['an expiry of null', { exp: null }, {}, false],
  ['`iat` as text', { iat: String(now) }, {}, false],
  ['`iat` in the future', { iat: now + 500 }, {}, true],
  ['another API key', { iss: 'APImeadow12345' }, {}, false],
  ['the API key elsewhere', { iss: without, sub: apiKey }, {}, false],
  ['a number as key id', {}, { kid: 7 }, true],
  ['`crit`', {}, { crit: ['x'], x: 1 }, false],
] as [string, JsonObject, JsonObject, boolean][])('%s', async (_, claims, header, active) => {
  expect((await proxy.ask(token(claims, header), { provider: 'livekit' })).active).toBe(active);
});

test('an algorithm that the SDK takes and the server does not is named', async () => {
  const reply = await proxy.ask(token({}, { alg: 'HS384' }));
  expect([reply.active, reply.roomkey?.irregularities]).toEqual([true, ['other-algorithm']]);
});

test('rooms are compared letter by letter', async () => {
  const room = async (name: string) => outcomes(await proxy.ask(token(), { room: name })).room;
  expect([await room('standup'), await room('Standup')]).toEqual(['passed', 'failed']);
});

test.each([
  ['no `roomJoin`', { video: { room: 'standup' } }],
  ['`roomJoin` false', { video: { roomJoin: false, room: 'standup' } }],
  ['`roomJoin` as text', { video: { roomJoin: 'true', room: 'standup' } }],
  ['an administrator’s grant only', { video: { roomAdmin: true, room: 'standup' } }],
  ['a grant for servers only', { video: { roomList: true } }],
  ['no room', { video: { roomJoin: true } }],
  ['no identity', { sub: without }],
  ['an empty identity', { sub: '' }],
  ['a number as identity', { sub: 7 }],
] as [string, JsonObject][])(
  'where a room is asked for, %s is not active, as the server lets nobody in with it',
  async (_, claims) => {
    const reply = await proxy.ask(token(claims), { room: 'standup', provider: 'livekit' });
    expect([reply.active, outcomes(reply)]).toEqual([
      false,
      expect.objectContaining({ signature: 'passed', room: 'failed' }),
    ]);
  },
);

test.each([
  ['behind it', (text: string) => `${text}\n`, true],
  ['in the signature', (text: string) => `${text.slice(0, -5)}\r\n${text.slice(-5)}`, true],
  ['behind the header', (text: string) => text.replace('.', '\n.'), false],
  ['in the claims', (text: string) => text.replace(/\.(....)/, '.$1\n'), false],
])('a line break %s changes what was signed only where it is part of that', async (_, alter, active) => {
  expect((await proxy.ask(alter(token()))).active).toBe(active);
});
