import { zoomVideo as mint, zoomMeeting, zoomSigned } from '../../../../../test/builders/mint/zoom.ts';
import { now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { judge } from '../../../../../test/cases/rule.ts';
import { decode } from '../../../decode/decode.ts';
import type { JsonObject } from '../../../text/json.ts';
import { readTimes } from '../../times.ts';
import { zoomVideoSdk } from './zoom-video-sdk.ts';

providerCases(zoomVideoSdk, {
  tokens: mint,
  ordinary: ['guest', 'host', 'recorded'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => zoomVideoSdk.facts(await minted(name));

test('recognises a session token for certain, and one without its topic as likely', async () => {
  for (const name of Object.keys(mint)) {
    const confidence = zoomVideoSdk.recognise(await minted(name))?.confidence;
    expect([name, confidence]).toEqual([name, name === 'without room' ? 'likely' : 'certain']);
  }
});

test('Meeting SDK tokens and a lone `app_key` are not taken', async () => {
  for (const make of Object.values(zoomMeeting)) expect(zoomVideoSdk.recognise(decode(await make(), 'jws'))).toBeNull();
  expect(zoomVideoSdk.recognise(decode(zoomSigned({ app_key: 'k', iat: now }), 'jws'))).toBeNull();
});

test('`role_type` 1 makes a host and 0 a participant', async () => {
  expect(await facts('host')).toMatchObject({ role: 'host', roleClaim: 'role_type', room: 'Standup', userId: 'ada' });
  expect((await facts('host')).privileges).toMatchObject({
    'remove-others': { allowed: true, claim: 'role_type' },
    record: { allowed: true },
    'manage-rooms': { allowed: false },
  });
  expect(await facts('guest')).toMatchObject({ role: 'participant', tenant: 'VIDEOKEY', roomScope: 'one-room' });
  expect((await facts('guest')).privileges).toMatchObject({
    join: { allowed: true, claim: 'tpc' },
    'mute-others': { allowed: false },
    'publish-audio': { allowed: null },
  });
});

test('a role written as text is neither, and the join fails', async () => {
  const token = await minted('role as a string, milliseconds');
  expect(zoomVideoSdk.facts(token)).toMatchObject({ role: 'unknown' });
  expect(zoomVideoSdk.facts(token).privileges['mute-others']?.allowed).toBeNull();
  expect(zoomVideoSdk.joinProblems?.(token, [])).toMatchObject([{ at: 'claims.role_type' }]);
  expect(zoomVideoSdk.joinProblems?.(await minted('host'), [])).toEqual([]);
});

test('options of a recording start none', async () => {
  expect((await facts('recorded')).privileges.record).toMatchObject({ allowed: false, claim: 'role_type' });
  const texts = [
    zoomSigned({ app_key: 'k', tpc: 'a', role_type: 0, iat: now, exp: now + 7200, cloud_recording_option: 1 }),
  ];
  expect(judge({ texts }).subjects[0]?.findings.map(({ rule }) => rule)).not.toContain('video-record-grant');
  expect(zoomVideoSdk.claims.cloud_recording_option?.means).toContain('starts nothing');
});

test('a transcript is made of what the host records, if the token asks for it', () => {
  const transcribes = (claims: JsonObject) =>
    zoomVideoSdk.facts(decode(zoomSigned({ app_key: 'k', tpc: 'a', ...claims }), 'jws')).privileges.transcribe;
  const option = 'cloud_recording_transcript_option';
  expect(transcribes({ role_type: 1, [option]: 1 })).toMatchObject({ allowed: true, claim: option });
  expect(transcribes({ role_type: 1, [option]: 2 })?.because).toContain('summed up by AI');
  expect(transcribes({ role_type: 0, [option]: 2 })?.allowed).toBeNull();
  for (const none of [0, '1', undefined, null]) {
    expect(transcribes({ role_type: 1, ...(none !== undefined && { [option]: none }) })?.claim).toBeNull();
  }
});

test('a session key that the host set has to be in every token', () => {
  expect(zoomVideoSdk.claims.session_key?.whenAbsent).toContain('the host’s token has one');
});

test('without a session there is nothing to join', async () => {
  expect(await facts('without room')).toMatchObject({ room: null, roomScope: 'not-stated' });
  expect((await facts('without room')).privileges.join?.allowed).toBe(false);
});

test('the older user claim stands in for the newer one', async () => {
  const older = decode(zoomSigned({ app_key: 'k', tpc: 'a', role_type: 0, user_identity: 'grace' }), 'jws');
  expect(zoomVideoSdk.facts(older).userId).toBe('grace');
});

test('the life of a token lies between 30 minutes and 48 hours', async () => {
  expect(zoomVideoSdk.lifetime).toMatchObject({ floorSeconds: 1800, ceilingSeconds: 172_800 });
  expect(readTimes(await minted('without expiry'), zoomVideoSdk, now).status).toBe('never-expires');
});
