import { zego04 as form } from '../engine/decode/forms/zego-04.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { isObject, jsonOddities, parseJson } from '../engine/text/json.ts';
import { base64Bytes } from './key.ts';
import { failed, notChecked, passed, type Verifier } from './verifier.ts';

/**
 * ZEGOCLOUD token04 carries no signature: its claims are encrypted (AES-CBC) with the 32-character server secret, so a
 * token that decrypts to them was made by a holder of the secret (ZEGOCLOUD/zego_server_assistant).
 */
export const zego04: Verifier = {
  id: 'zego-04',
  forms: [form.id],
  keys: ['secret'],
  async verify(token, key) {
    if (key.kind !== 'secret' || ![16, 24, 32].includes(key.bytes.length)) {
      return notChecked('A ZEGOCLOUD token is verified with the server secret of 32 characters.');
    }
    const body = base64Bytes(token.text.slice(2));
    if (!body || body.length < 28) return failed('The token is not in the documented 04 form.');
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const ivLength = view.getUint16(8);
    const iv = body.slice(10, 10 + ivLength);
    const cipherText = body.slice(12 + ivLength);
    const claims = await decrypted(key.bytes, iv, cipherText);
    // One answer for all that can go wrong: whoever learns which padding was wrong can make tokens without the secret.
    return claims && isDocumented(claims)
      ? passed(
          'The claims decrypt with the server secret. Nothing guards the encryption: the app or user id at its start may have been changed on the way.',
          { header: null, claims },
        )
      : failed('The token does not decrypt to ZEGOCLOUD’s claims with this server secret.');
  },
};

/** Null for what is no JSON object that says each thing once. */
async function decrypted(
  key: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
  cipherText: Uint8Array<ArrayBuffer>,
): Promise<JsonObject | null> {
  try {
    const aes = await crypto.subtle.importKey('raw', key, 'AES-CBC', false, ['decrypt']);
    const bytes = await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, cipherText);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const claims = parseJson(text);
    // A change of the IV changes the first sixteen bytes and spoils none; no generator writes the expiry there.
    const isFirst = text.indexOf('"expire"') < 16;
    const isTwofold = jsonOddities(text).some(({ code }) => code === 'duplicate-member');
    return isObject(claims) && !isFirst && !isTwofold ? claims : null;
  } catch {
    return null;
  }
}

/**
 * Just what the vendor's generators write. Nothing guards the encryption, so that a bit changed outside changes a bit inside
 * and turns the sixteen bytes before into noise: what is not written exactly so was changed.
 */
function isDocumented({ app_id, user_id, nonce, ctime, expire, payload, ...others }: JsonObject): boolean {
  return (
    [app_id, ctime, expire].every((number) => Number.isSafeInteger(number)) &&
    typeof nonce === 'number' &&
    typeof user_id === 'string' &&
    (typeof payload === 'string' || payload === null || payload === undefined) &&
    Object.keys(others).length === 0
  );
}
