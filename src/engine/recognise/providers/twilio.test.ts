import { twilio as mint, twilioClaims, twilioOthers } from '../../../../test/builders/mint/twilio.ts';
import { hours, jwt, now } from '../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../test/cases/provider.ts';
import { decode } from '../../decode/decode.ts';
import { readTimes } from '../times.ts';
import { twilio } from './twilio.ts';

providerCases(twilio, {
  tokens: mint,
  ordinary: ['guest', 'longest allowed'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => twilio.facts(await minted(name));

test('recognises what the server SDK mints for certain, and says by what', async () => {
  for (const name of Object.keys(mint)) {
    const recognition = twilio.recognise(await minted(name));
    expect([name, recognition?.confidence]).toEqual([name, 'certain']);
    expect(recognition?.because).toContain('cty');
  }
});

test('other products under the same header are not Twilio Video', async () => {
  for (const make of Object.values(twilioOthers)) expect(twilio.recognise(decode(await make(), 'jws'))).toBeNull();
});

test('a token that lost its header is still likely; `grants.video` alone is not enough', () => {
  const grants = { video: { room: 'a' } };
  expect(twilio.recognise(decode(jwt({ iss: `SK${'a'.repeat(32)}`, grants }), 'jws'))?.confidence).toBe('likely');
  expect(twilio.recognise(decode(jwt({ iss: 'me', grants }), 'jws'))).toBeNull();
});

test('nobody is host, and who joins may send', async () => {
  const guest = await facts('guest');
  expect(guest).toMatchObject({
    room: 'DailyStandup',
    roomScope: 'one-room',
    userId: 'ada',
    tenant: `AC${'0'.repeat(32)}`,
    role: 'participant',
    roleClaim: null,
  });
  expect(guest.privileges).toMatchObject({
    join: { allowed: true, claim: 'grants.video.room' },
    'publish-video': { allowed: true },
    subscribe: { allowed: null },
    'mute-others': { allowed: false },
    record: { allowed: false },
    'dial-out': { allowed: false },
  });
});

test('without a room every room of the account is open', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'all-rooms' });
  expect(twilio.facts(decode(twilioClaims({ grants: { video: { room: 7 } } }), 'jws')).roomScope).toBe('not-stated');
});

test('grants of other products are pointed out', async () => {
  const token = await minted('beside voice and chat');
  expect(twilio.facts(token).privileges['dial-out']?.allowed).toBe(true);
  expect(twilio.otherProductRights?.(token).map(({ claim }) => claim)).toEqual([
    'grants.voice.outgoing',
    'grants.chat',
  ]);
  expect(twilio.otherProductRights?.(await minted('guest'))).toEqual([]);
});

test('the longest token allowed meets the ceiling, and one without expiry has none', async () => {
  const day = readTimes(await minted('longest allowed'), twilio, now);
  expect(day.lifetimeSeconds).toBe(hours(24));
  expect(twilio.lifetime.ceilingSeconds).toBe(hours(24));
  expect(readTimes(await minted('without expiry'), twilio, now).status).toBe('never-expires');
});

test('an issuer or account of another shape cannot join', () => {
  const token = decode(twilioClaims({ iss: 'my-key', sub: 'me', grants: { video: {} } }), 'jws');
  expect(twilio.joinProblems?.(token, []).map(({ at }) => at)).toEqual(['claims.iss', 'claims.sub']);
});

test('a key of another region than US1 is doubted', async () => {
  expect(twilio.joinProblems?.(await minted('without room'), [])).toMatchObject([{ at: 'header.twr' }]);
  expect(twilio.joinProblems?.(await minted('guest'), [])).toEqual([]);
});
