import { mirotalk as mint } from '../../../../test/builders/mint/mirotalk.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { mirotalk } from './mirotalk.ts';

providerCases(mirotalk, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');

test('recognises encrypted data with both times as likely, never more: other apps do the same', async () => {
  const confidence = async (name: string) => mirotalk.recognise(await minted(name))?.confidence;
  expect(await confidence('guest')).toBe('likely');
  expect(await confidence('host')).toBe('likely');
  expect(await confidence('without expiry')).toBe('possible');
  expect(await confidence('odd: no times at all')).toBe('possible');
});

test('other claims beside the data, or plain data, are not taken', () => {
  const read = (claims: Parameters<typeof jwt>[0]) => mirotalk.recognise(decode(jwt(claims), 'jws'));
  expect(read({ data: 'U2FsdGVkX19zYWx0', iat: now, exp: now, iss: 'me' })).toBeNull();
  expect(read({ data: 'aGVsbG8=', iat: now, exp: now })).toBeNull();
  expect(read({ data: { username: 'ada' }, iat: now, exp: now })).toBeNull();
});

test('guest and host look alike: the presenter flag is encrypted', async () => {
  for (const name of ['guest', 'host', 'without user']) {
    const facts = mirotalk.facts(await minted(name));
    expect(facts).toMatchObject({ role: 'unknown', roleClaim: 'data', room: null, roomScope: 'not-stated' });
    expect(facts.privileges['mute-others']).toMatchObject({ allowed: null, claim: 'data' });
  }
});

test('the room stands in the address', () => {
  const room = (url: string) => mirotalk.roomInUrl?.(new URL(url));
  expect(room('https://sfu.example/join?room=standup&token=x')).toBe('standup');
  expect(room('https://sfu.example/join?room=')).toBeNull();
  expect(room('https://sfu.example/other?room=standup')).toBeNull();
});

test('it may lack an expiry', async () => {
  expect(readTimes(await minted('without expiry'), mirotalk, now).status).toBe('never-expires');
  expect(readTimes(await minted('guest'), mirotalk, now).lifetimeSeconds).toBe(mirotalk.lifetime.defaultSeconds);
});
