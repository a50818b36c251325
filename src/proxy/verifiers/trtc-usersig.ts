import type { JsonObject } from '../../engine/model.ts';
import { base64Bytes, failed, hmac, passed, sameBytes, secretBytes, type Verifier } from './verifier.ts';

/** Tencent UserSig: base64 HMAC-SHA256 over the named fields, one a line, keyed with the application's secret key. */
export const trtcUsersig: Verifier = {
  id: 'trtc-usersig',
  fits: ({ form }, key) => form === 'trtc-usersig' && key.secret !== undefined,
  async verify({ claims }, key) {
    const secret = secretBytes(key);
    const written = claims && base64Bytes(String(claims['TLS.sig'] ?? ''));
    if (!claims || !secret || !written) return failed('The token is not in the documented UserSig form.');
    const expected = await hmac('SHA-256', secret, new TextEncoder().encode(signedText(claims)));
    return sameBytes(written, expected)
      ? passed('The signature matches the application’s secret key.')
      : failed('The signature does not match the application’s secret key.');
  },
};

function signedText(claims: JsonObject): string {
  const names = ['TLS.identifier', 'TLS.sdkappid', 'TLS.time', 'TLS.expire', 'TLS.userbuf'];
  return names
    .filter((name) => Object.hasOwn(claims, name))
    .map((name) => `${name}:${String(claims[name])}\n`)
    .join('');
}
