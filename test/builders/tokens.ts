import jsonwebtoken, { type Algorithm } from 'jsonwebtoken';
import type { JsonObject } from '../../src/engine/text/json.ts';

/** The clock of the tests: 2026-11-20T12:00:00Z, in seconds. */
export const now = 1_795_176_000;
export const minutes = (count: number) => count * 60;
export const hours = (count: number) => count * 3600;
export const days = (count: number) => count * 86_400;

const secret = 'a-throw-away-key-of-thirty-two-bytes-or-more';

/** In place of a claim: the token has none of that name. */
export const without = undefined as never;

/** A signed JWT with exactly these claims and header members (HS256 unless `header.alg` says otherwise). */
export function jwt(claims: JsonObject, header: JsonObject = {}, key: string = secret): string {
  const { alg = 'HS256', ...rest } = header;
  return jsonwebtoken.sign(JSON.stringify(claims), key, {
    algorithm: alg as Algorithm,
    header: { alg, typ: 'JWT', ...rest } as never,
    allowInsecureKeySizes: true,
    allowInvalidAsymmetricKeyTypes: true,
  });
}

/** Compact form of any header and payload with a made-up signature; strings are encoded as they are. */
export function rawJwt(header: JsonObject | string, payload: JsonObject | string, signature = 'c2lnbmF0dXJl'): string {
  return (
    [header, payload].map((part) => base64url(typeof part === 'string' ? part : JSON.stringify(part))).join('.') +
    `.${signature}`
  );
}

/** An unsecured JWT (RFC 7519 §6). */
export function unsecuredJwt(claims: JsonObject): string {
  return rawJwt({ alg: 'none', typ: 'JWT' }, claims, '');
}

export function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

export const daily = {
  domain: '30f866c3-9123-452a-8723-ff58322d09c5',
  guest: (claims: JsonObject = {}) =>
    jwt({ r: 'standup', d: daily.domain, u: 'Grace', ud: 'f81d4fae', iat: now - 60, exp: now + hours(1), ...claims }),
  host: (claims: JsonObject = {}) => daily.guest({ u: 'Ada', o: true, ...claims }),
};
