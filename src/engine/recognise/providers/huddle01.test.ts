import { huddle01Token, huddle01 as mint } from '../../../../test/builders/mint/huddle01.ts';
import { hours, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import type { JsonObject } from '../../text/json.ts';
import { readTimes } from '../times.ts';
import { huddle01 } from './huddle01.ts';

providerCases(huddle01, {
  tokens: mint,
  ordinary: ['guest', 'host', 'viewer'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const allowed = (permissions: JsonObject) =>
  Object.fromEntries(
    Object.entries(huddle01.facts(decode(huddle01Token({}, permissions), 'jws')).privileges).map(([name, grant]) => [
      name,
      grant.allowed,
    ]),
  );

test('recognises what the server SDK describes for certain, and less as likely', async () => {
  for (const name of ['guest', 'host', 'viewer'])
    expect([name, huddle01.recognise(await minted(name))?.confidence]).toEqual([name, 'certain']);
  expect(huddle01.recognise(await minted('odd: fewer members'))?.confidence).toBe('likely');
});

test.each([
  ['a list of permissions', { roomId: 'a', peerId: 'b', permissions: ['admin', 'canConsume', 'canProduce'] }],
  ['permissions of another app', { roomId: 'a', peerId: 'b', permissions: { admin: true, read: true, write: true } }],
  ['no room', { peerId: 'b', projectId: 'c', permissions: { admin: true, canConsume: true, canProduce: true } }],
])('near miss: %s is not Huddle01', (_, claims) => {
  expect(huddle01.recognise(decode(jwt(claims), 'jws'))).toBeNull();
});

test('an admin is host, whatever the role is called', async () => {
  expect(huddle01.facts(await minted('host'))).toMatchObject({ role: 'host', vendorRole: 'host', displayName: 'Ada' });
  expect(huddle01.facts(await minted('guest'))).toMatchObject({ role: 'participant', room: 'abc-defg-hij' });
  expect(huddle01.facts(await minted('viewer'))).toMatchObject({ role: 'viewer', roleClaim: 'permissions.canProduce' });
  expect(huddle01.facts(decode(huddle01Token({ role: 'host' }), 'jws')).role).toBe('participant');
});

test('sources count only where sending is allowed at all', () => {
  expect(allowed({ canProduceSources: { cam: false, mic: true, screen: false } })).toMatchObject({
    'publish-audio': true,
    'publish-video': false,
    'share-screen': false,
  });
  expect(allowed({ canProduce: false })).toMatchObject({ 'publish-audio': false, 'publish-video': false });
  expect(allowed({ admin: true })).toMatchObject({ 'mute-others': true, 'remove-others': true, 'admit-others': true });
  expect(allowed({ admin: 'true' })['mute-others']).toBeNull();
  expect(allowed({ canConsume: false, canSendData: false })).toMatchObject({ subscribe: false, 'send-data': false });
});

test('four hours are the default', async () => {
  expect(readTimes(await minted('guest'), huddle01, now).lifetimeSeconds).toBe(hours(4));
});
