import { createHmac } from 'node:crypto';
import OpenTok, { type TokenOptions } from 'opentok';
import encodeToken from 'opentok-token';
import type { JsonObject } from '../../../src/engine/text/json.ts';
import { hours, jwt, now } from '../tokens.ts';
import type { Minted } from './minted.ts';
import { sessionId } from './vonage.ts';

export const opentokKey = '12345678';
export const apiSecret = 'a-throw-away-opentok-secret-of-some-length';

/** A client token of the vendor's SDK: a JWT, or the older `T1==` form. Its times are the real clock's. */
export function opentokToken(options: TokenOptions = {}, form: 'jwt' | 't1' = 'jwt', secret = apiSecret): string {
  return new OpenTok(opentokKey, secret).generateToken(sessionId(opentokKey), options, form === 't1');
}

/** What no SDK would write: the claims as given, in place of an ordinary JWT's. */
export function opentokClaims(claims: JsonObject = {}, secret = apiSecret): string {
  return jwt({ ...ordinary, ...claims }, {}, secret);
}

/** What no SDK would write: a `T1==` token with these fields, in this order, signed as the platform expects. */
export function opentokT1(fields: Record<string, string | number> = {}, secret = apiSecret): string {
  const { iss: _, ist: __, iat: ___, exp: ____, ...rest } = ordinary;
  const data = Object.entries({ ...rest, ...fields })
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
  const sig = createHmac('sha1', secret).update(data).digest('hex');
  return `T1==${Buffer.from(`partner_id=${opentokKey}&sig=${sig}:${data}`).toString('base64')}`;
}

const ordinary = {
  iss: opentokKey,
  ist: 'project',
  iat: now,
  exp: now + hours(1),
  session_id: sessionId(opentokKey),
  create_time: now,
  nonce: 0.5044865679653263,
  role: 'publisher',
  expire_time: now + hours(1),
  connection_data: '',
  initial_layout_class_list: '',
  scope: 'session.connect',
};

const { exp: _, expire_time: __, ...withoutExpiry } = ordinary;
const { session_id: ___, ...withoutSession } = ordinary;

export const opentok: Minted = {
  guest: () => opentokToken({ role: 'publisher', data: 'name=Jo' }),
  host: () => opentokToken({ role: 'moderator', data: 'name=Ada' }),
  viewer: () => opentokToken({ role: 'subscriber' }),
  'sends only': () => opentokToken({ role: 'publisheronly' }),
  'role by default': () => opentokToken(),
  'without expiry': () => jwt(withoutExpiry, {}, apiSecret),
  'without session': () => jwt(withoutSession, {}, apiSecret),
  'unknown role': () => opentokClaims({ role: 'presenter' }),
  server: () => jwt({ iss: opentokKey, ist: 'project', iat: now, exp: now + 300 }, {}, apiSecret),
};

/** The same in the older form. */
export const opentokLegacy: Minted = {
  guest: () => opentokToken({ role: 'publisher', data: 'name=Jo & co' }, 't1'),
  host: () => opentokToken({ role: 'moderator' }, 't1'),
  viewer: () => opentokToken({ role: 'subscriber' }, 't1'),
  'of the encoder alone': () =>
    encodeToken(
      { session_id: sessionId(opentokKey), create_time: now, expire_time: now + hours(1) },
      opentokKey,
      apiSecret,
    ),
};
