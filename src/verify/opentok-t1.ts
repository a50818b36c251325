import { base64Bytes } from './key.ts';
import { failed, hmac, notChecked, passed, sameBytes, type Verifier } from './verifier.ts';

/** OpenTok's older tokens: hex HMAC-SHA1 over everything behind the colon, keyed with the project's API secret. */
export const opentokT1: Verifier = {
  id: 'opentok-t1',
  forms: ['opentok-t1'],
  keys: ['secret'],
  async verify(token, key) {
    if (key.kind !== 'secret') return notChecked('T1 tokens are verified with the project’s secret.');
    const body = base64Bytes(token.text.slice('T1=='.length));
    const colon = body?.indexOf(0x3a) ?? -1;
    if (!body || colon < 0) return failed('The token is not in the documented T1 form.');
    const head = new URLSearchParams(new TextDecoder().decode(body.slice(0, colon)));
    const written = Uint8Array.from(head.get('sig')?.match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16));
    return sameBytes(written, await hmac('SHA-1', key.bytes, body.slice(colon + 1)))
      ? passed('The HMAC-SHA1 signature matches the project’s secret.')
      : failed('The signature does not match the secret: it belongs to another project, or the token was changed.');
  },
};
