import { isObject, parseJson } from '../engine/json.ts';
import { base64Bytes } from './key.ts';
import { failed, notChecked, passed, type Verifier } from './verifier.ts';

/**
 * ZEGOCLOUD token04 carries no signature: its claims are encrypted (AES-CBC) with the 32-character server secret, so a
 * token that decrypts to them was made by a holder of the secret (ZEGOCLOUD/zego_server_assistant).
 */
export const zego04: Verifier = {
  id: 'zego-04',
  forms: ['zego-04'],
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
    try {
      const aes = await crypto.subtle.importKey('raw', key.bytes, 'AES-CBC', false, ['decrypt']);
      const plain = new TextDecoder().decode(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aes, cipherText));
      const claims = parseJson(plain);
      // The expiry that stands outside is readable by everybody, and can be changed by everybody.
      return isObject(claims) && Object.hasOwn(claims, 'app_id')
        ? passed('The claims decrypt with the server secret.', { header: null, claims })
        : failed('The token decrypts to something other than ZEGOCLOUD’s claims.');
    } catch {
      return failed('The token does not decrypt with this server secret.');
    }
  },
};
