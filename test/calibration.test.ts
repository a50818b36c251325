import { expect, test } from 'vitest';
import type { Severity } from '../src/engine/model.ts';
import { hundredMs } from './mint/100ms.ts';
import { agora006, agora007 } from './mint/agora.ts';
import { amazonIvs } from './mint/amazon-ivs.ts';
import { azureCommunication } from './mint/azure-communication.ts';
import { daily } from './mint/daily.ts';
import { digitalSamba } from './mint/digital-samba.ts';
import { galene } from './mint/galene.ts';
import { auth0, clerk, cognito, entraId, firebase, google, keycloak, oidc, okta, supabase } from './mint/identity.ts';
import { jaas } from './mint/jaas.ts';
import { jitsi } from './mint/jitsi.ts';
import { livekit } from './mint/livekit.ts';
import type { Minted } from './mint/minted.ts';
import { mirotalk } from './mint/mirotalk.ts';
import { mux } from './mint/mux.ts';
import { opentok, opentokLegacy } from './mint/opentok.ts';
import { realtimekit } from './mint/realtimekit.ts';
import { signalwire } from './mint/signalwire.ts';
import { stream } from './mint/stream.ts';
import { telnyx } from './mint/telnyx.ts';
import { trtc } from './mint/trtc.ts';
import { twilio } from './mint/twilio.ts';
import { videosdk } from './mint/videosdk.ts';
import { vonage } from './mint/vonage.ts';
import { webex } from './mint/webex.ts';
import { whereby } from './mint/whereby.ts';
import { zegocloud } from './mint/zegocloud.ts';
import { zoomMeeting, zoomVideo } from './mint/zoom.ts';
import { judge } from './rule-cases.ts';
import { days, hours, jwt, minutes, now } from './tokens.ts';

/** What the SDKs and services make when used as documented. */
const corpus: Record<string, [Minted, string[]]> = {
  '100ms': [hundredMs, ['guest', 'host']],
  'Agora 007': [agora007, ['guest']],
  'Agora 006': [agora006, ['guest']],
  'Amazon IVS': [amazonIvs, ['guest']],
  'Azure Communication Services': [azureCommunication, ['guest']],
  Daily: [daily, ['guest', 'host', 'viewer']],
  'Digital Samba': [digitalSamba, ['guest', 'host']],
  Galene: [galene, ['guest', 'host']],
  JaaS: [jaas, ['guest', 'host']],
  Jitsi: [jitsi, ['guest', 'host', 'visitor', 'without context']],
  LiveKit: [livekit, ['guest', 'host', 'viewer', 'attributes', 'Element Call']],
  MiroTalk: [mirotalk, ['guest', 'host']],
  Mux: [mux, ['guest', 'viewer', 'default lifetime']],
  OpenTok: [opentok, ['guest', 'host', 'viewer', 'role by default']],
  'OpenTok T1': [opentokLegacy, ['guest', 'host', 'viewer']],
  RealtimeKit: [realtimekit, ['guest']],
  SignalWire: [signalwire, ['guest']],
  Stream: [stream, ['guest', 'host', 'several calls']],
  Telnyx: [telnyx, ['guest']],
  TRTC: [trtc, ['guest']],
  Twilio: [twilio, ['guest', 'longest allowed']],
  VideoSDK: [videosdk, ['guest', 'host', 'must be admitted']],
  Vonage: [vonage, ['guest', 'host', 'viewer', 'role by default']],
  Webex: [webex, ['guest']],
  Whereby: [whereby, ['host']],
  ZEGOCLOUD: [zegocloud, ['guest']],
  'Zoom Video SDK': [zoomVideo, ['guest', 'host', 'recorded']],
  'Zoom Meeting SDK': [zoomMeeting, ['guest', 'host']],
  Auth0: [auth0, ['access', 'id', 'machine', 'custom domain']],
  Clerk: [clerk, ['session', 'development', 'in an organization']],
  Cognito: [cognito, ['access', 'id', 'machine']],
  'Entra ID': [entraId, ['access', 'id', 'version 1', 'machine', 'customer directory']],
  Firebase: [firebase, ['id', 'session', 'App Check']],
  Google: [google, ['id', 'old issuer']],
  Keycloak: [keycloak, ['access', 'id', 'refresh', 'machine']],
  'OpenID Connect': [oidc, ['id', 'access']],
  Okta: [okta, ['access', 'id', 'custom domain']],
  Supabase: [supabase, ['anon', 'user', 'self-hosted']],
};

/** What the catalogue says of a default nonetheless. */
const expected: Record<string, string[]> = {
  // Neither writes an expiry; the catalogue names both as open-ended.
  'SignalWire, guest': ['exp-missing'],
  'Whereby, host': ['exp-missing'],
};

/** Its SDK reads the clock twice, so that the 24 hours of a default are sometimes a second more: one tier up for hosts. */
const sometimes: Record<string, string[]> = { 'Vonage, host': ['lifetime-long'], 'OpenTok, host': ['lifetime-long'] };

const above: Severity[] = ['critical', 'high', 'medium'];
type Make = () => string | Promise<string>;
const all = Object.entries(corpus).flatMap(([name, [minted, kinds]]) =>
  kinds.map((kind): [string, Make | null] => {
    const make = minted[kind];
    return make ? [`${name}, ${kind}`, make] : [`${name}, ${kind}: no such token`, null];
  }),
);

test.each(all)('%s raises nothing above low', async (name, make) => {
  expect(make).not.toBeNull();
  if (!make) return;
  const texts = [await make()];
  // Vendors' SDKs read the real clock, so each token is judged half a minute after it says it was made.
  const times = judge({ texts }).subjects[0]?.times;
  const report = judge({ texts, at: (times?.issuedAt ?? times?.notBefore ?? now) + 30 });
  expect(report.subjects).toHaveLength(1);
  const raised = report.subjects.flatMap(({ findings }) => findings).filter(({ severity }) => above.includes(severity));
  const rules = raised.map(({ rule }) => rule).filter((rule) => !sometimes[name]?.includes(rule));
  expect(rules).toEqual(expected[name] ?? []);
});

const ordinary = { sub: 'ada', iat: now, exp: now + minutes(30) };

test.each([
  ['HS256', jwt(ordinary)],
  ['HS512', jwt(ordinary, { alg: 'HS512' })],
  ['a key id', jwt(ordinary, { kid: '2026-11' })],
  ['a key id that is a path', jwt(ordinary, { kid: 'keys/calls/abc123' })],
  ['a key id that is an address', jwt(ordinary, { kid: 'https://vault.azure.net/keys/calls/0f1e' })],
  ['a key id of a decentralised identity', jwt(ordinary, { kid: 'did:web:acme.com#key-1' })],
])('%s as such is no finding', (_, token) => {
  const { subjects } = judge({ texts: [token] });
  expect(subjects[0]?.findings).toEqual([]);
});

test('defaults that the catalogue compares with other tools', () => {
  const severity = (parts: Parameters<typeof judge>[0], rule: string) =>
    judge(parts).subjects[0]?.findings.find((finding) => finding.rule === rule)?.severity ?? null;
  const token = jwt({ ...ordinary, exp: now + hours(1) });
  const cookie = (more: object) => ({ cookies: [{ name: 'c', value: token, ...more }] });
  expect(severity({ local: { t: token } }, 'storage-local')).toBe('medium');
  expect(severity({ session: { t: token } }, 'storage-session')).toBe('low');
  expect(severity({ url: `https://call.acme.com/?t=${token}` }, 'url-query')).toBe('medium');
  expect(severity({ url: `https://call.acme.com/?access_token=${token}` }, 'url-query')).toBe('high');
  expect(severity(cookie({ httpOnly: false }), 'cookie-not-httponly')).toBe('medium');
  expect(severity(cookie({ secure: false }), 'cookie-not-secure')).toBe('medium');
  expect(severity(cookie({ sameSite: 'unspecified' }), 'cookie-samesite-missing')).toBe('info');
  expect(severity({ texts: [jwt({ sub: 'ada', iat: now })] }, 'exp-missing')).toBe('medium');
  expect(severity({ texts: [jwt({ ...ordinary, scope: 'a', aud: 'https://api.acme.com' })] }, 'jti-missing')).toBe(
    'info',
  );
  expect(severity({ texts: [jwt({ ...ordinary, exp: now + days(2) })] }, 'lifetime-long')).toBe('low');
});
