import { createHmac } from 'node:crypto';
import { KJUR } from 'jsrsasign';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { days, hours, jwt, minutes, now } from '../tokens.ts';
import type { Minted } from './minted.ts';

export const zoomSecret = 'a-throw-away-zoom-sdk-secret';

/** As Zoom's two sample endpoints sign, with jsrsasign. */
export function zoomSigned(claims: JsonObject): string {
  const header = JSON.stringify({ alg: 'HS256', typ: 'JWT' });
  return KJUR.jws.JWS.sign('HS256', header, JSON.stringify(claims), { utf8: zoomSecret });
}

const session = { app_key: 'VIDEOKEY', tpc: 'Standup', role_type: 0, version: 1, user_key: 'ada' };
const times = { iat: now, exp: now + hours(2) };

export const zoomVideo: Minted = {
  guest: () => zoomSigned({ ...session, ...times }),
  host: () => zoomSigned({ ...session, ...times, role_type: 1, session_key: 's1', geo_regions: 'US,DE' }),
  recorded: () => zoomSigned({ ...session, ...times, cloud_recording_option: 1, cloud_recording_election: 1 }),
  'older user_identity': () => zoomSigned({ ...session, ...times, user_key: 'x', user_identity: 'ada' }),
  'without expiry': () => zoomSigned({ ...session, iat: now }),
  'without room': () => zoomSigned({ app_key: 'VIDEOKEY', role_type: 0, version: 1, ...times }),
  'role as a string, milliseconds': () => zoomSigned({ ...session, role_type: '1', iat: now, exp: (now + 60) * 1000 }),
};

const meeting = { appKey: 'SDKKEY', sdkKey: 'SDKKEY', mn: '123456789', role: 0 };

function until(seconds: number): JsonObject {
  return { iat: now, exp: now + seconds, tokenExp: now + seconds };
}

export const zoomMeeting: Minted = {
  guest: () => zoomSigned({ ...meeting, ...until(hours(2)) }),
  host: () => zoomSigned({ ...meeting, role: 1, ...until(hours(2)), video_webrtc_mode: 1 }),
  'native SDK, no meeting': () => zoomSigned({ appKey: 'SDKKEY', ...until(hours(24)) }),
  'without expiry': () => zoomSigned({ ...meeting, iat: now }),
  'older sdkKey alone, number as a number': () =>
    zoomSigned({
      sdkKey: 'SDKKEY',
      mn: 123456789,
      role: '1',
      iat: now,
      exp: now + minutes(10),
      tokenExp: now + days(3),
    }),
};

/** A key of a user in the shape that was seen of them: the claims and header as given, in place of an ordinary one's. */
export function zoomAccessKey(claims: JsonObject = {}, header: JsonObject = {}): string {
  const user = {
    aud: 'client',
    uid: 'OUt8NRcAQbGWz3zJfaDWMw',
    iss: 'web',
    sty: 99,
    clt: 0,
    stk: 'PSW89JQB5OPiaWxYAwicVq',
  };
  return jwt({ ...user, exp: now + hours(2), iat: now, aid: 'uOwqZGvhRQ65i3BtDQakZA', cid: '', ...claims }, header);
}

export const zoomKeys: Minted = {
  'from a start link': () => zoomAccessKey(),
  'with its cluster': () => zoomAccessKey({ sty: 100, wcd: 'us04', dvcid: 'f812422e7ad54aff' }, { zm_skm: 'zm_o2m' }),
  'of three months': () => zoomAccessKey({ exp: now + days(90) }),
  'for clientsm': () => zoomAccessKey({ aud: 'clientsm', stk: undefined as never, sk: '0', zid: '' }),
};

/** A signature as Zoom's sample made it, before JWTs. */
export function zoomSignature(role: 0 | 1 = 0, at = now, meeting = '123456789'): string {
  const [key, milliseconds] = ['4kEcVd5LQbq_8vKp2r1nXw', at * 1000 - 30_000];
  const message = Buffer.from(`${key}${meeting}${milliseconds}${role}`).toString('base64');
  const hash = createHmac('sha256', zoomSecret).update(message).digest('base64');
  return Buffer.from(`${key}.${meeting}.${milliseconds}.${role}.${hash}`).toString('base64');
}

export const zoomSignatures: Minted = {
  attendee: () => zoomSignature(),
  'meeting host': () => zoomSignature(1),
  'without padding': () =>
    zoomSignature(1, now, '12345678901').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''),
  'of a time when it was accepted': () => zoomSignature(0, Date.UTC(2022, 5, 1) / 1000),
};
