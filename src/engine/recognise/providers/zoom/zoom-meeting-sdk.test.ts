import { zoomMeeting as mint, zoomSigned, zoomVideo } from '../../../../../test/builders/mint/zoom.ts';
import { hours, now } from '../../../../../test/builders/tokens.ts';
import { expect, providerCases, test } from '../../../../../test/cases/provider.ts';
import { decode } from '../../../decode/decode.ts';
import { readTimes } from '../../times.ts';
import { zoomMeetingSdk } from './zoom-meeting-sdk.ts';

providerCases(zoomMeetingSdk, {
  tokens: mint,
  ordinary: ['guest', 'host'],
});

const minted = async (name: string) => decode((await mint[name]?.()) ?? '', 'jws');
const facts = async (name: string) => zoomMeetingSdk.facts(await minted(name));

test('recognises a token with `tokenExp` for certain, and without it as likely', async () => {
  for (const name of Object.keys(mint)) {
    const confidence = zoomMeetingSdk.recognise(await minted(name))?.confidence;
    expect([name, confidence]).toEqual([name, name === 'without expiry' ? 'likely' : 'certain']);
  }
});

test('Video SDK tokens and a lone `appKey` are not taken', async () => {
  for (const make of Object.values(zoomVideo)) expect(zoomMeetingSdk.recognise(decode(await make(), 'jws'))).toBeNull();
  expect(zoomMeetingSdk.recognise(decode(zoomSigned({ appKey: 'k', role: 'admin' }), 'jws'))).toBeNull();
});

test('`role` 1 makes a host, who needs a ZAK as well', async () => {
  expect(await facts('host')).toMatchObject({
    role: 'host',
    room: '123456789',
    roomScope: 'one-room',
    tenant: 'SDKKEY',
  });
  expect((await facts('host')).privileges['remove-others']).toMatchObject({ allowed: true, claim: 'role' });
  expect((await facts('host')).privileges['remove-others']?.because).toContain('ZAK');
  expect(await facts('guest')).toMatchObject({ role: 'participant', vendorRole: 'attendee' });
  expect((await facts('guest')).privileges).toMatchObject({
    'mute-others': { allowed: false },
    'publish-video': { allowed: null },
    'bypass-lobby': { allowed: null },
  });
});

test('a native token admits the app and names no meeting', async () => {
  expect(await facts('native SDK, no meeting')).toMatchObject({ role: 'unknown', room: null, roomScope: 'not-stated' });
  expect(zoomMeetingSdk.joinProblems?.(await minted('native SDK, no meeting'), [])).toEqual([]);
  expect(zoomMeetingSdk.whenRoomAbsent).toBe('not-applicable');
});

test('odd types are read without being taken for a role', async () => {
  const odd = 'older sdkKey alone, number as a number';
  expect(await facts(odd)).toMatchObject({ room: '123456789', role: 'unknown' });
  expect(zoomMeetingSdk.joinProblems?.(await minted(odd), [])).toMatchObject([{ at: 'claims.tokenExp' }]);
});

test('a role without a meeting cannot join', () => {
  const token = decode(zoomSigned({ sdkKey: 'k', role: 0, tokenExp: now }), 'jws');
  expect(zoomMeetingSdk.joinProblems?.(token, [])).toMatchObject([{ likelihood: 'certain', at: 'claims.mn' }]);
});

test('`tokenExp` stands in for a missing `exp`', async () => {
  const token = decode(zoomSigned({ appKey: 'k', iat: now, tokenExp: now + hours(2) }), 'jws');
  expect(readTimes(token, zoomMeetingSdk, now)).toMatchObject({ lifetimeSeconds: hours(2), status: 'active' });
  expect(readTimes(await minted('without expiry'), zoomMeetingSdk, now).status).toBe('never-expires');
  expect(readTimes(await minted('guest'), zoomMeetingSdk, now).lifetimeSeconds).toBe(hours(2));
});
