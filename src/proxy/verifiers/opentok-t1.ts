import { base64Bytes, failed, hmac, passed, sameBytes, secretBytes, type Verifier } from './verifier.ts';

/** OpenTok's older tokens: hex HMAC-SHA1 over everything behind the colon, keyed with the project's API secret. */
export const opentokT1: Verifier = {
  id: 'opentok-t1',
  fits: ({ form }, key) => form === 'opentok-t1' && Boolean(key.secret ?? key.secretBase64),
  async verify(token, key) {
    const body = base64Bytes(token.text.slice('T1=='.length));
    const secret = secretBytes(key);
    const colon = body?.indexOf(0x3a) ?? -1;
    if (!body || !secret || colon < 0) return failed('The token is not in the documented T1 form.');
    const head = new URLSearchParams(new TextDecoder().decode(body.slice(0, colon)));
    const written = Uint8Array.from(head.get('sig')?.match(/[0-9a-f]{2}/gi) ?? [], (byte) => Number.parseInt(byte, 16));
    const expected = await hmac('SHA-1', secret, body.slice(colon + 1));
    return sameBytes(written, expected)
      ? passed('The HMAC-SHA1 signature matches the project’s secret.')
      : failed(
          'The signature does not match the project’s secret: it belongs to another project, or the token was changed.',
        );
  },
};
