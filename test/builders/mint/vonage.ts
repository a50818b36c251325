import { Auth } from '@vonage/auth';
import { tokenGenerate } from '@vonage/jwt';
import { type ClientTokenOptions, Video } from '@vonage/video';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { base64url, hours, jwt, now } from '../tokens.ts';
import { rsaKeys } from './keys.ts';
import type { Minted } from './minted.ts';

export const vonageApplication = 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab';

/** A session id as the platform makes it; the project inside decides which tokens open it. */
export function sessionId(project: string): string {
  return `1_${base64url(`1~${project}~~${now * 1000}~0.7211327409~`)}`;
}

/** A client token of the vendor's SDK. Its `iat` is the real clock's. */
export function vonageToken(options: ClientTokenOptions = {}, privateKey = rsaKeys().privateKey): string {
  const video = new Video(new Auth({ applicationId: vonageApplication, privateKey }));
  return video.generateClientToken(sessionId(vonageApplication), options);
}

/** What no SDK would write: the claims as given, in place of an ordinary token's. */
export function vonageClaims(claims: JsonObject = {}, privateKey = rsaKeys().privateKey): string {
  return jwt({ ...ordinary, ...claims }, { alg: 'RS256' }, privateKey);
}

const ordinary = {
  scope: 'session.connect',
  session_id: sessionId(vonageApplication),
  role: 'publisher',
  initial_layout_class_list: '',
  sub: 'video',
  acl: { paths: { '/session/**': {} } },
  jti: '9bb3dfe0-7b86-482b-9dd2-d3825e790fa5',
  iat: now,
  exp: now + hours(1),
  application_id: vonageApplication,
};

const { exp: _, ...withoutExpiry } = ordinary;
const { session_id: __, ...withoutSession } = ordinary;

export const vonage: Minted = {
  guest: () => vonageToken({ role: 'publisher', data: 'userId=42' }),
  host: () => vonageToken({ role: 'moderator', data: 'userId=7', initialLayoutClassList: ['focus', 'a'] }),
  viewer: () => vonageToken({ role: 'subscriber' }),
  'sends only': () => vonageToken({ role: 'publisheronly' }),
  'role by default': () => vonageToken(),
  'without expiry': () => jwt(withoutExpiry, { alg: 'RS256' }, rsaKeys().privateKey),
  'without session': () => jwt(withoutSession, { alg: 'RS256' }, rsaKeys().privateKey),
  'unknown role': () => vonageClaims({ role: 'presenter' }),
  server: () => tokenGenerate(vonageApplication, rsaKeys().privateKey),
};
