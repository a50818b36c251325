import { describe, expect, test } from 'vitest';
import { answerFor } from '../../../test/builders/join-answer.ts';
import { hundredMs } from '../../../test/builders/mint/100ms.ts';
import { amazonIvs } from '../../../test/builders/mint/amazon-ivs.ts';
import { azureCommunication } from '../../../test/builders/mint/azure-communication.ts';
import { daily } from '../../../test/builders/mint/daily.ts';
import { digitalSamba } from '../../../test/builders/mint/digital-samba.ts';
import { galene } from '../../../test/builders/mint/galene.ts';
import { huddle01 } from '../../../test/builders/mint/huddle01.ts';
import { jaas } from '../../../test/builders/mint/jaas.ts';
import { jitsi } from '../../../test/builders/mint/jitsi.ts';
import { livekit } from '../../../test/builders/mint/livekit.ts';
import type { Minted } from '../../../test/builders/mint/minted.ts';
import { mirotalk } from '../../../test/builders/mint/mirotalk.ts';
import { mux } from '../../../test/builders/mint/mux.ts';
import { opentok } from '../../../test/builders/mint/opentok.ts';
import { realtimekit } from '../../../test/builders/mint/realtimekit.ts';
import { signalwire } from '../../../test/builders/mint/signalwire.ts';
import { stream } from '../../../test/builders/mint/stream.ts';
import { telnyx } from '../../../test/builders/mint/telnyx.ts';
import { twilio } from '../../../test/builders/mint/twilio.ts';
import { videosdk } from '../../../test/builders/mint/videosdk.ts';
import { vivox } from '../../../test/builders/mint/vivox.ts';
import { vonage } from '../../../test/builders/mint/vonage.ts';
import { webex } from '../../../test/builders/mint/webex.ts';
import { whereby } from '../../../test/builders/mint/whereby.ts';
import { zoomKeys, zoomMeeting, zoomVideo } from '../../../test/builders/mint/zoom.ts';
import { base64url, now } from '../../../test/builders/tokens.ts';
import { providers } from '../recognise/providers/index.ts';
import { isObject, type Json, type JsonObject } from '../text/json.ts';
import { valueAt } from '../text/values.ts';

interface Compared {
  minted: Minted;
  /** The token of it that is altered; "guest" where left out. */
  of?: string;
  /** Those of `claims` that hold one of a few words, for which no number is meant. */
  words?: readonly string[];
  /** Claims that its server, or its client, holds against something when somebody joins. */
  claims: readonly string[];
}

/** Which claims a join compares, platform by platform. */
const compared: Record<string, Compared> = {
  '100ms': {
    minted: hundredMs,
    claims: ['access_key', 'type', 'version', 'room_id', 'user_id', 'role', 'iat', 'nbf', 'exp'],
  },
  'amazon-ivs': {
    minted: amazonIvs,
    claims: ['resource', 'topic', 'user_id', 'capabilities', 'iat', 'exp'],
  },
  'azure-communication': { minted: azureCommunication, claims: ['skypeid', 'scp', 'resourceId', 'iat', 'exp'] },
  daily: { minted: daily, claims: ['r', 'd', 'u', 'ud', 'iat', 'exp'] },
  'digital-samba': { minted: digitalSamba, claims: ['td', 'rd', 'ud', 'role', 'iat', 'nbf', 'exp'] },
  galene: { minted: galene, words: ['aud'], claims: ['sub', 'aud', 'permissions', 'iat', 'exp'] },
  huddle01: { minted: huddle01, claims: ['peerId', 'roomId', 'role', 'permissions', 'iat', 'exp'] },
  jaas: {
    minted: jaas,
    claims: [
      'aud',
      'iss',
      'sub',
      'room',
      'context',
      'context.user',
      'context.features',
      'context.user.moderator',
      'iat',
      'nbf',
      'exp',
      'header.kid',
    ],
  },
  jitsi: { minted: jitsi, claims: ['aud', 'iss', 'sub', 'room', 'context', 'iat', 'exp', 'header.typ'] },
  livekit: { minted: livekit, claims: ['iss', 'sub', 'video', 'video.room', 'video.roomJoin', 'nbf', 'exp'] },
  mirotalk: { minted: mirotalk, claims: ['iat', 'exp'] },
  mux: { minted: mux, words: ['aud'], claims: ['role', 'participant_id', 'aud', 'sub', 'exp'] },
  opentok: { minted: opentok, words: ['ist'], claims: ['iss', 'ist', 'session_id', 'role', 'scope', 'iat', 'exp'] },
  realtimekit: { minted: realtimekit, claims: ['orgId', 'meetingId', 'participantId', 'iat', 'exp'] },
  signalwire: { minted: signalwire, words: ['ja'], claims: ['r', 's', 'ja', 'iat'] },
  stream: { minted: stream, claims: ['user_id', 'call_cids', 'iat', 'exp'] },
  telnyx: { minted: telnyx, claims: ['grants', 'iat', 'nbf', 'exp'] },
  twilio: {
    minted: twilio,
    claims: ['iss', 'sub', 'grants', 'grants.identity', 'grants.video', 'grants.video.room', 'iat', 'exp'],
  },
  videosdk: {
    minted: videosdk,
    claims: ['apikey', 'permissions', 'roles', 'version', 'roomId', 'participantId', 'exp'],
  },
  vivox: { minted: vivox, words: ['vxa'], claims: ['vxi', 'vxa', 'f', 't', 'iss', 'exp'] },
  vonage: { minted: vonage, claims: ['application_id', 'session_id', 'scope', 'role', 'iat', 'exp'] },
  webex: { minted: webex, words: ['iss'], claims: ['iss', 'sub', 'exp'] },
  whereby: { minted: whereby, of: 'host', claims: ['roomReference', 'roomReference.roomName', 'roomKeyType', 'iat'] },
  'zoom-meeting-sdk': { minted: zoomMeeting, claims: ['appKey', 'sdkKey', 'mn', 'role', 'iat', 'exp', 'tokenExp'] },
  'zoom-video-sdk': { minted: zoomVideo, claims: ['app_key', 'tpc', 'role_type', 'version', 'user_key', 'iat', 'exp'] },
  'zoom-zak': {
    minted: zoomKeys,
    of: 'from a start link',
    words: ['aud', 'iss'],
    claims: ['aud', 'iss', 'exp', 'iat'],
  },
};

/** Tokens that hold texts and numbers of fixed places, where no value can have another shape. */
const withoutShapes: Record<string, string> = {
  agora: 'packed binary',
  'amazon-chime': 'a token that only Chime reads; what stands beside it is compared with nothing',
  bigbluebutton: 'a query, which holds texts alone',
  openvidu: 'an address, which holds texts alone',
  trtc: 'made and signed as text by its own kit',
  zegocloud: 'encrypted but for its end, which is binary',
  'zoom-web-signature': 'texts with dots between them',
};

/** The right value in the wrong shape, by what is wrong. */
function shapesOf(value: Json, isWord: boolean): Record<string, Json> {
  if (typeof value === 'string') {
    const number: Record<string, Json> = isWord ? {} : { 'a number': /^\d{1,15}$/.test(value) ? Number(value) : 7 };
    return { 'in a list': [value], 'in an object': { name: value }, ...number };
  }
  if (typeof value === 'number')
    return { 'a text': String(value), 'in a list': [value], 'in an object': { at: value } };
  if (typeof value === 'boolean') return { 'a text': `${value} `, 'in a list': [value], 'in an object': { is: value } };
  if (Array.isArray(value)) return { 'a text': JSON.stringify(value), 'in an object': { list: value } };
  return { 'a text': JSON.stringify(value), 'in a list': [value] };
}

/** What its own server takes as it is, and why. */
const taken: Record<string, string> = {
  'galene aud in a list': 'a token may be for several groups',
};

function partsOf(token: string): { header: JsonObject; claims: JsonObject } {
  const [head, payload] = token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()) as JsonObject);
  return { header: head ?? {}, claims: payload ?? {} };
}

/** The same with another value at a path. */
function withAt(whole: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = whole[name];
  return { ...whole, [name]: rest.length > 0 && isObject(inner) ? withAt(inner, rest, value) : value };
}

const placeOf = (claim: string) => (claim.startsWith('header.') ? claim : `claims.${claim}`);

function altered(token: string, claim: string, value: Json): string {
  const { header, claims } = partsOf(token);
  const isHeader = claim.startsWith('header.');
  const path = (isHeader ? claim.slice('header.'.length) : claim).split('.');
  const [head, payload] = isHeader ? [withAt(header, path, value), claims] : [header, withAt(claims, path, value)];
  return [base64url(JSON.stringify(head)), base64url(JSON.stringify(payload)), token.split('.')[2]].join('.');
}

test('every call platform is asked, or has no shapes', () => {
  const asked = [...Object.keys(compared), ...Object.keys(withoutShapes)].sort();
  expect(asked).toEqual(
    providers
      .filter(({ kind }) => kind === 'video')
      .map(({ id }) => id)
      .sort(),
  );
});

describe.each(Object.entries(compared))('%s', (id, { minted, of = 'guest', words = [], claims }) => {
  const mint = async () => String(await minted[of]?.());

  test('joins as it is', async () => {
    const token = await mint();
    expect([claims, claims.filter((claim) => valueIn(token, claim) === undefined)]).toEqual([claims, []]);
  });

  test.each(claims)('`%s` of the wrong shape is named', async (claim) => {
    const token = await mint();
    const after = whenMade(token);
    const silent = Object.entries(shapesOf(valueIn(token, claim) ?? null, words.includes(claim))).filter(
      ([what, value]) => {
        const causes = answerFor(altered(token, claim, value), { after })?.causes ?? [];
        const place = placeOf(claim);
        const isNamed = causes.some(({ at }) => at === place || at?.startsWith(`${place}.`));
        return isNamed === `${id} ${claim} ${what}` in taken;
      },
    );
    expect(silent.map(([what]) => `${id} ${claim} ${what}`)).toEqual([]);
  });
});

/** Claims that name the one room. */
const rooms: Record<string, string> = {
  '100ms': 'room_id',
  'amazon-ivs': 'topic',
  daily: 'r',
  'digital-samba': 'rd',
  huddle01: 'roomId',
  jaas: 'room',
  jitsi: 'room',
  livekit: 'video.room',
  mux: 'sub',
  opentok: 'session_id',
  realtimekit: 'meetingId',
  signalwire: 'r',
  twilio: 'grants.video.room',
  videosdk: 'roomId',
  vonage: 'session_id',
  whereby: 'roomReference.roomName',
  'zoom-meeting-sdk': 'mn',
  'zoom-video-sdk': 'tpc',
};

test.each(Object.entries(rooms))('%s: an address where `%s` names the room is named', async (id, claim) => {
  const { minted, of = 'guest' } = compared[id] ?? {};
  const token = String(await minted?.[of]?.());
  const address = altered(token, claim, 'https://call.example/standup');
  const causes = answerFor(address, { after: whenMade(token) })?.causes ?? [];
  expect(causes.map(({ at }) => at)).toContain(placeOf(claim));
});

/** Seconds from the clock of the tests, a second after it was made: vendors' packages go by the machine's. */
function whenMade(token: string): number {
  const { iat, nbf } = partsOf(token).claims;
  return Math.max(now, typeof iat === 'number' ? iat : 0, typeof nbf === 'number' ? nbf : 0) + 1 - now;
}

function valueIn(token: string, claim: string): Json | undefined {
  const { header, claims } = partsOf(token);
  return claim.startsWith('header.') ? valueAt(header, claim.slice('header.'.length)) : valueAt(claims, claim);
}
