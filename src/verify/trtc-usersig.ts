import { trtcUsersig as form, userBuffer } from '../engine/decode/forms/trtc-usersig.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { memberOf } from '../engine/text/values.ts';
import { base64Bytes } from './key.ts';
import { failed, hmac, notChecked, passed, sameBytes, type Verifier } from './verifier.ts';

/** Tencent UserSig: base64 HMAC-SHA256 over the named fields, one a line, keyed with the application's secret key. */
export const trtcUsersig: Verifier = {
  id: 'trtc-usersig',
  forms: [form.id],
  keys: ['secret'],
  async verify({ claims }, key) {
    if (key.kind !== 'secret') return notChecked('A UserSig is verified with the application’s secret key.');
    const sig = claims?.['TLS.sig'];
    const written = typeof sig === 'string' ? base64Bytes(sig) : null;
    if (!claims || !written || !isDocumented(claims)) return failed('The token is not in the documented UserSig form.');
    return sameBytes(written, await hmac('SHA-256', key.bytes, new TextEncoder().encode(signedText(claims))))
      ? passed('The signature matches the application’s secret key.')
      : failed('The signature does not match the application’s secret key.');
  },
};

const members = [
  ...['TLS.ver', 'TLS.identifier', 'TLS.sdkappid', 'TLS.time', 'TLS.expire', 'TLS.userbuf', 'TLS.sig'],
  // Not written, but read out of `TLS.userbuf`.
  'userbuf',
];

/**
 * The signed text is one line a field, so a field that is missing, or a text with a line break in it, could be read as
 * other fields than were signed. Further members are signed by nobody, and the room and rights in `userbuf` count only as
 * they come from the signed buffer.
 */
function isDocumented(claims: JsonObject): boolean {
  const own = (name: string) => memberOf(claims, name);
  const isText = (value: unknown) => typeof value === 'string' && !/[\r\n]/.test(value);
  return (
    Object.keys(claims).every((name) => members.includes(name)) &&
    isText(own('TLS.identifier')) &&
    ['TLS.sdkappid', 'TLS.time', 'TLS.expire'].every((name) => Number.isSafeInteger(own(name))) &&
    (own('TLS.userbuf') === undefined || isText(own('TLS.userbuf'))) &&
    JSON.stringify(own('userbuf')) === JSON.stringify(userBuffer(own('TLS.userbuf')).userbuf)
  );
}

function signedText(claims: JsonObject): string {
  const names = ['TLS.identifier', 'TLS.sdkappid', 'TLS.time', 'TLS.expire', 'TLS.userbuf'];
  return names
    .filter((name) => Object.hasOwn(claims, name))
    .map((name) => `${name}:${String(claims[name])}\n`)
    .join('');
}
