import { opentokT1 as form } from '../engine/decode/forms/opentok-t1.ts';
import { base64Bytes } from './key.ts';
import { failed, hmac, notChecked, passed, sameBytes, type Verifier } from './verifier.ts';

/** OpenTok's older tokens: hex HMAC-SHA1 over everything behind the colon, keyed with the project's API secret. */
export const opentokT1: Verifier = {
  id: 'opentok-t1',
  forms: [form.id],
  keys: ['secret'],
  async verify(token, key) {
    if (key.kind !== 'secret') return notChecked('T1 tokens are verified with the project’s secret.');
    const body = base64Bytes(token.text.slice('T1=='.length));
    const colon = body?.indexOf(0x3a) ?? -1;
    if (!body || colon < 0) return failed('The token is not in the documented T1 form.');
    const head = new URLSearchParams(new TextDecoder().decode(body.slice(0, colon)));
    const data = new URLSearchParams(new TextDecoder().decode(body.slice(colon + 1)));
    const sig = head.get('sig') ?? '';
    if (!isDocumented(head, data) || !/^[0-9a-f]{40}$/i.test(sig)) {
      return failed('The token is not in the documented T1 form.');
    }
    const written = Uint8Array.from(sig.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    return sameBytes(written, await hmac('SHA-1', key.bytes, body.slice(colon + 1)))
      ? passed('The HMAC-SHA1 signature matches the project’s secret.')
      : failed('The signature does not match the secret: it belongs to another project, or the token was changed.');
  },
};

/**
 * What stands before the colon is not signed, so nothing but the project and the signature may stand there; a name that
 * comes twice means one thing here and another elsewhere.
 */
function isDocumented(head: URLSearchParams, data: URLSearchParams): boolean {
  const outside = [...head.keys()];
  const inside = [...data.keys()];
  const known = ['partner_id', 'sig', 'sdk_version'];
  return (
    outside.every((name) => known.includes(name)) &&
    new Set([...outside, ...inside]).size === outside.length + inside.length
  );
}
