import { livekit } from '../../../../test/builders/mint/livekit.ts';
import { webex as mint } from '../../../../test/builders/mint/webex.ts';
import { jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { webex } from './webex.ts';

providerCases(webex, {
  tokens: mint,
  ordinary: ['guest'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const read = (claims: Parameters<typeof jwt>[0]) => webex.recognise(decode(jwt(claims), 'jws'))?.confidence ?? null;

test('an issuer that encodes an address of Webex is certain with a name, likely without', async () => {
  for (const name of Object.keys(mint)) {
    const confidence = webex.recognise(await minted(name))?.confidence;
    expect([name, confidence]).toEqual([name, name === 'without name' ? 'likely' : 'certain']);
  }
});

test('without that prefix a long opaque issuer is only possible, and an address is not taken', async () => {
  expect(read({ sub: 'a', name: 'Ada', iss: 'A'.repeat(60), exp: now })).toBe('possible');
  expect(read({ sub: 'a', name: 'Ada', iss: 'A'.repeat(60), exp: now, email: 'ada@example.org' })).toBeNull();
  expect(read({ sub: 'a', name: 'Ada', iss: 'https://idp.example', exp: now })).toBeNull();
  expect(read({ sub: 'a', name: 'Ada', iss: 'APIabcdef12345', exp: now })).toBeNull();
  expect(webex.recognise(decode((await livekit.guest?.()) ?? '', 'jws'))).toBeNull();
});

test('names a guest, whose rights the meeting decides', async () => {
  const facts = webex.facts(await minted('guest'));
  expect(facts).toMatchObject({
    role: 'participant',
    vendorRole: 'guest',
    userId: 'guest-1',
    displayName: 'Ada',
    room: null,
  });
  expect(facts.privileges).toMatchObject({ join: { allowed: null }, 'mute-others': { allowed: null } });
  expect(webex.facts(await minted('odd: name as an object')).displayName).toBeNull();
});

test('it is a legacy format, exchanged once', async () => {
  expect(webex.legacy?.(await minted('guest'))).toContain('Service App');
  expect(readTimes(await minted('without expiry'), webex, now).status).toBe('never-expires');
  expect(readTimes(await minted('short-lived'), webex, now).status).toBe('active');
});
