import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meaningOf } from '../src/engine/claims.ts';
import { decode } from '../src/engine/decode.ts';
import { detect } from '../src/engine/detect.ts';
import type { Json, JsonObject, Token } from '../src/engine/model.ts';
import { providers } from '../src/engine/providers/index.ts';
import type { Provider } from '../src/engine/providers/provider.ts';
import { recognise } from '../src/engine/recognise.ts';
import { hundredMs } from './mint/100ms.ts';
import { agora006, agora007 } from './mint/agora.ts';
import { amazonIvs, ivsPlayback } from './mint/amazon-ivs.ts';
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
import { mux, muxPlayback } from './mint/mux.ts';
import { opentok, opentokLegacy } from './mint/opentok.ts';
import { openvidu } from './mint/openvidu.ts';
import { realtimekit } from './mint/realtimekit.ts';
import { signalwire } from './mint/signalwire.ts';
import { stream } from './mint/stream.ts';
import { streamChat } from './mint/stream-chat.ts';
import { telnyx } from './mint/telnyx.ts';
import { trtc } from './mint/trtc.ts';
import { twilio, twilioOthers } from './mint/twilio.ts';
import { videosdk } from './mint/videosdk.ts';
import { vivox } from './mint/vivox.ts';
import { vonage } from './mint/vonage.ts';
import { webex } from './mint/webex.ts';
import { whereby } from './mint/whereby.ts';
import { zegocloud } from './mint/zegocloud.ts';
import { zoomMeeting, zoomVideo } from './mint/zoom.ts';
import { hours, jwt, now } from './tokens.ts';

/** Tokens of every platform, by its id. */
const matrix: Record<string, Minted> = {
  '100ms': hundredMs,
  agora: { ...agora007, ...renamed(agora006, 'older') },
  'amazon-ivs': amazonIvs,
  auth0,
  'azure-communication': azureCommunication,
  clerk,
  cognito,
  daily,
  'digital-samba': digitalSamba,
  'entra-id': entraId,
  firebase,
  galene,
  google,
  'ivs-playback': ivsPlayback,
  jaas,
  jitsi,
  keycloak,
  livekit,
  mirotalk,
  mux,
  'mux-playback': muxPlayback,
  oidc,
  okta,
  opentok: { ...opentok, ...renamed(opentokLegacy, 'legacy') },
  openvidu,
  realtimekit,
  signalwire,
  stream,
  'stream-chat': streamChat,
  supabase,
  telnyx,
  trtc,
  twilio,
  'twilio-other': twilioOthers,
  videosdk,
  vivox,
  vonage,
  webex,
  whereby,
  zegocloud,
  'zoom-meeting-sdk': zoomMeeting,
  'zoom-video-sdk': zoomVideo,
};

/** Tokens that share something with a platform's, and what they are: a platform's id, or null for none. */
const nearMisses: [what: string, is: string | null, mint: Minted[string]][] = [
  ['LiveKit grants below `grants`', null, () => jwt({ iss: 'key', grants: { video: { room: 'a', roomJoin: true } } })],
  ['a list of permissions', null, () => jwt({ sub: 'ada', permissions: ['read', 'allow_export'], exp: now })],
  [
    'a group that is no Galene group',
    null,
    () => jwt({ sub: 'ada', aud: 'https://a.example/groups/x', permissions: [] }),
  ],
  ['a user id of a private API', null, () => jwt({ user_id: 'ada', email: 'ada@example.org', exp: now })],
  ['an access key of storage', null, () => jwt({ access_key: 'AKIA', type: 'read', version: 1 })],
  ['encrypted data of another app', null, () => jwt({ data: 'U2FsdGVkX19zYWx0', tenant: 't', iat: now, exp: now })],
  ['a meeting id alone', null, () => jwt({ meetingId: 'm', iat: now })],
  [
    'a sign-in with a name',
    'oidc',
    () => jwt({ iss: 'https://login.example', sub: 'a', name: 'Ada', aud: 'c', nonce: 'x' }),
  ],
  ['single letters without a domain', null, () => jwt({ r: 'a', u: 'Ada', exp: now + hours(1) })],
  ['an SDK key without times or meeting', null, () => jwt({ sdkKey: 'k', feature: 'whiteboard' })],
];

function renamed(minted: Minted, prefix: string): Minted {
  return Object.fromEntries(Object.entries(minted).map(([name, mint]) => [`${prefix} ${name}`, mint]));
}

/** The token as the engine finds it under a name that speaks of tokens. */
function found(text: string): Token {
  const [hit] = detect(text, { key: 'token' }).hits;
  if (!hit) throw new Error(`no token found in ${text}`);
  return decode(hit.token, hit.form);
}

const minted = await Promise.all(
  Object.entries(matrix).flatMap(([id, byName]) =>
    Object.entries(byName).map(async ([name, mint]) => ({ id, name, token: found(await mint()) })),
  ),
);

/** The same numbers in every run (mulberry32), so that a failing order can be seen again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as T, copy[last] as T];
  }
  return copy;
}

const random = createRandom(20_261_120);
const orders = [providers, [...providers].reverse(), ...Array.from({ length: 25 }, () => shuffled(providers, random))];

const ranking = (token: Token, among?: readonly Provider[]) =>
  recognise(token, among).map(({ provider, recognition }) => ({ id: provider.id, ...recognition }));

test('every platform has tokens here', () => {
  expect(Object.keys(matrix).sort()).toEqual(providers.map(({ id }) => id).sort());
  for (const byName of Object.values(matrix)) expect(Object.keys(byName).length).toBeGreaterThan(2);
});

test('every minted token is recognised by its own platform first, by evidence and not by name or order', () => {
  for (const { id, name, token } of minted) {
    const [first, second] = ranking(token);
    expect([id, name, first?.id]).toEqual([id, name, id]);
    const level = [first, second].map((one) => `${one?.confidence} ${one?.strength}`);
    expect([id, name, level[0] === level[1]]).toEqual([id, name, false]);
  }
});

test('the order of the list changes nothing', { timeout: 60_000 }, () => {
  for (const { id, name, token } of minted) {
    const usual = ranking(token);
    for (const order of orders) expect([id, name, ranking(token, order)]).toEqual([id, name, usual]);
  }
});

test.each(nearMisses)('near miss: %s is %s', async (_, is, mint) => {
  const token = found(await mint());
  for (const order of orders) expect(ranking(token, order)[0]?.id ?? null).toBe(is);
});

test('recognition comes with its reason, and facts with a reason for the role and every right', () => {
  for (const { id, name, token } of minted) {
    const [best] = recognise(token);
    const facts = best?.provider.facts(token);
    const reasons = [best?.recognition.because, facts?.roleBecause];
    for (const grant of Object.values(facts?.privileges ?? {})) reasons.push(grant.because);
    expect([id, name, reasons.filter((reason) => !reason?.trim())]).toEqual([id, name, []]);
  }
});

/** An object that decides as a whole is explained by its members. */
function explainedBelow(provider: Provider | undefined, path: string): boolean {
  return Object.keys(provider?.claims ?? {}).some((known) => known.startsWith(`${path}.`));
}

test('every claim that decides is explained', () => {
  for (const { id, name, token } of minted) {
    const [best] = recognise(token);
    const facts = best?.provider.facts(token);
    const paths = [
      facts?.roleClaim,
      facts?.roomClaim,
      ...Object.values(facts?.privileges ?? {}).map(({ claim }) => claim),
    ];
    const missing = paths.filter(
      (path) => path && !meaningOf(best?.provider ?? null, path) && !explainedBelow(best?.provider, path),
    );
    expect([id, name, missing]).toEqual([id, name, []]);
  }
});

const hostile: Json[] = [
  null,
  true,
  -1,
  1e308,
  '',
  ' ',
  '\ud800',
  '*',
  'constructor',
  '__proto__',
  'x'.repeat(100_000),
  [],
  [null, 1, {}, ['a']],
  {},
  JSON.parse('{"__proto__":{"a":1},"constructor":null,"toString":"x","length":-1}') as Json,
  nested(5000),
];

function nested(depth: number): Json {
  let value: Json = 'end';
  for (let level = 0; level < depth; level += 1) value = { user: value };
  return value;
}

/** Copies of an object with each member, and each member of a member, replaced by a value. */
function* replaced(object: JsonObject, value: Json): Generator<JsonObject> {
  for (const [name, member] of Object.entries(object)) {
    yield { ...object, [name]: value };
    if (typeof member !== 'object' || member === null || Array.isArray(member)) continue;
    for (const inner of replaced(member, value)) yield { ...object, [name]: inner };
  }
}

const addresses = ['about:blank', 'data:,x', 'https://a.daily.co/%E0%A4%A', 'https://x/join?room=%ff&token='].map(
  (url) => new URL(url),
);

function askEverything(token: Token): void {
  for (const { provider } of recognise(token)) {
    const { privileges } = provider.facts(token);
    const long = Object.values(privileges).find(({ because }) => because.length > 1000);
    if (long) throw new Error(`${provider.id} repeats a claim without end: ${long.because.slice(0, 200)}`);
    provider.times?.(token);
    provider.joinProblems?.(token, addresses);
    provider.serverRights?.(token);
    provider.hostOnlyRights?.(token);
    provider.expiryEjects?.(token);
    provider.legacy?.(token);
  }
}

test('no claim of any type makes a platform throw', { timeout: 60_000 }, () => {
  for (const { token } of minted) {
    askEverything({ ...token, claims: null });
    askEverything({ ...token, claims: {}, header: null });
    for (const value of hostile) {
      for (const claims of replaced(token.claims ?? {}, value)) askEverything({ ...token, claims });
      for (const header of replaced(token.header ?? {}, value)) askEverything({ ...token, header });
    }
  }
});

test('no mixture of claims makes a platform throw', { timeout: 60_000 }, () => {
  const names = [...new Set(providers.flatMap(({ claims }) => Object.keys(claims).map((path) => path.split('.')[0])))];
  const claims = fc.dictionary(fc.constantFrom(...(names as string[])), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 12 });
  const [{ token }] = minted as [(typeof minted)[number]];
  fc.assert(
    fc.property(claims, claims, (payload, header) => {
      askEverything({ ...token, claims: payload as JsonObject, header: header as JsonObject });
    }),
    { seed: 20_261_120, numRuns: 2000 },
  );
});

test('no address makes a platform throw', () => {
  for (const provider of providers) for (const url of addresses) provider.roomInUrl?.(url);
});
