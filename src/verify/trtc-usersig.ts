import type { JsonObject } from '../engine/model.ts';
import { base64Bytes } from './key.ts';
import { failed, hmac, notChecked, passed, sameBytes, type Verifier } from './verifier.ts';

/** Tencent UserSig: base64 HMAC-SHA256 over the named fields, one a line, keyed with the application's secret key. */
export const trtcUsersig: Verifier = {
  id: 'trtc-usersig',
  forms: ['trtc-usersig'],
  keys: ['secret'],
  async verify({ claims }, key) {
    if (key.kind !== 'secret') return notChecked('A UserSig is verified with the application’s secret key.');
    const written = claims && base64Bytes(String(claims['TLS.sig'] ?? ''));
    if (!claims || !written) return failed('The token is not in the documented UserSig form.');
    return sameBytes(written, await hmac('SHA-256', key.bytes, new TextEncoder().encode(signedText(claims))))
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
