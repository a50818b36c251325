import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hundredMs, hundredMsSecret } from '../../test/builders/mint/100ms.ts';
import { agora007, certificate } from '../../test/builders/mint/agora.ts';
import { dailyToken } from '../../test/builders/mint/daily.ts';
import { jaasToken } from '../../test/builders/mint/jaas.ts';
import { jitsiToken } from '../../test/builders/mint/jitsi.ts';
import { rsaKeys } from '../../test/builders/mint/keys.ts';
import { livekit, livekitSecret } from '../../test/builders/mint/livekit.ts';
import type { Minted } from '../../test/builders/mint/minted.ts';
import { apiSecret, opentok, opentokLegacy } from '../../test/builders/mint/opentok.ts';
import { stream, streamSecret } from '../../test/builders/mint/stream.ts';
import { trtc, trtcSecret } from '../../test/builders/mint/trtc.ts';
import { twilio, twilioSecret } from '../../test/builders/mint/twilio.ts';
import { videosdk, videosdkSecret } from '../../test/builders/mint/videosdk.ts';
import { vonage } from '../../test/builders/mint/vonage.ts';
import { zegocloud, zegoSecret } from '../../test/builders/mint/zegocloud.ts';
import { zoomMeeting, zoomSecret, zoomVideo } from '../../test/builders/mint/zoom.ts';
import { now } from '../../test/builders/tokens.ts';
import { decode } from '../engine/decode/decode.ts';
import { detect } from '../engine/find/detect.ts';
import { providers } from '../engine/recognise/providers/index.ts';
import { readTimes } from '../engine/recognise/times.ts';
import { type ConfiguredKey, parseConfig } from './config.ts';
import { createKeySource } from './key-source.ts';
import { realSurroundings } from './surroundings.ts';
import { validate } from './validate.ts';

const daily = 'a-daily-api-key-of-the-test-0123456789';
const jitsi = 'a-jitsi-app-secret-of-the-test-012345';
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKey = publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** Platform, tokens as its own SDK makes them, a right key and a wrong one. */
const cases: [string, Minted, Omit<ConfiguredKey, 'provider'>, Omit<ConfiguredKey, 'provider'>][] = [
  ['daily', { guest: () => dailyToken({}, daily) }, { secret: daily, askVendor: false }, wrong(daily)],
  ['jitsi', { guest: () => jitsiToken({}, jitsi) }, { secret: jitsi }, wrong(jitsi)],
  ['jaas', { guest: () => jaasToken() }, { publicKey: rsaKeys().publicKey }, { publicKey: otherKey }],
  ['vonage', only(vonage), { publicKey: rsaKeys().publicKey }, { publicKey: otherKey }],
  ['opentok', only(opentok), { secret: apiSecret }, wrong(apiSecret)],
  ['opentok', only(opentokLegacy), { secret: apiSecret }, wrong(apiSecret)],
  ['agora', only(agora007), { secret: certificate }, { secret: '0'.repeat(32) }],
  ['trtc', only(trtc), { secret: trtcSecret }, wrong(trtcSecret)],
  ['zegocloud', only(zegocloud), { secret: zegoSecret }, { secret: 'f'.repeat(32) }],
  ['livekit', only(livekit), { secret: livekitSecret }, wrong(livekitSecret)],
  ['twilio', only(twilio), { secret: twilioSecret }, wrong(twilioSecret)],
  ['zoom-video-sdk', only(zoomVideo), { secret: zoomSecret }, wrong(zoomSecret)],
  ['zoom-meeting-sdk', only(zoomMeeting), { secret: zoomSecret }, wrong(zoomSecret)],
  ['100ms', only(hundredMs), { secret: hundredMsSecret }, wrong(hundredMsSecret)],
  ['stream', only(stream), { secret: streamSecret }, wrong(streamSecret)],
  ['videosdk', only(videosdk), { secret: videosdkSecret }, wrong(videosdkSecret)],
];

/** The two that every platform has, as the vendor's package makes them. */
function only(minted: Minted): Minted {
  return Object.fromEntries(Object.entries(minted).filter(([name]) => name === 'guest' || name === 'host'));
}

function wrong(secret: string): { secret: string; askVendor: false } {
  return { secret: `${secret.slice(0, -1)}~`, askVendor: false };
}

describe.each(cases)('%s', (provider, minted, right, other) => {
  test.each(Object.entries(minted))('a %s token passes with the right key and fails with another', async (_, make) => {
    const text = await make();
    const good = await judge(provider, text, right);
    expect(good).toMatchObject({ active: true, roomkey: { provider } });
    expect(good.roomkey?.checks.find(({ name }) => name === 'signature')?.outcome).toBe('passed');
    const bad = await judge(provider, text, other);
    expect(bad.active).toBe(false);
    expect(bad.roomkey?.checks.find(({ name }) => name === 'signature')?.outcome).toBe('failed');
    expect(JSON.stringify([good, bad])).not.toContain(text);
  });
});

/** The reply of the server, by the clock of the moment the token was made: some SDKs know no other. */
async function judge(provider: string, token: string, key: Omit<ConfiguredKey, 'provider'>) {
  const [hit] = detect(token).hits;
  const decoded = decode(token, hit?.form ?? 'jws');
  const times = readTimes(decoded, providers.find(({ id }) => id === provider) ?? null, now);
  const at = times.issuedAt ?? times.notBefore ?? now;
  const surroundings = { ...realSurroundings, now: () => at + 1, log: () => undefined };
  const config = parseConfig({ accessKeys: ['access-key-of-the-test'], keys: [{ provider, ...key }] });
  return validate({ token, provider }, { ignoreNbf: false }, config, surroundings, createKeySource(surroundings));
}
