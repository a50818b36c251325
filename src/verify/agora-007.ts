import { agora007 as form } from '../engine/decode/forms/agora-007.ts';
import { base64Bytes } from './key.ts';
import { failed, hmac, notChecked, passed, sameBytes, type Verifier } from './verifier.ts';

/**
 * Agora AccessToken2: a zlib stream whose first field is HMAC-SHA256 over the rest, keyed by a chain of HMACs over issue
 * time, salt and the app certificate (AgoraIO/Tools, AccessToken2).
 */
export const agora007: Verifier = {
  id: 'agora-007',
  forms: [form.id],
  keys: ['secret'],
  async verify(token, key) {
    if (key.kind !== 'secret') return notChecked('Agora tokens are verified with the app certificate.');
    const body = await inflate(base64Bytes(token.text.slice(3)));
    if (!body || body.length < 2) return failed('The token is not in the documented 007 form.');
    const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
    const length = view.getUint16(0, true);
    const signed = body.slice(2 + length);
    const appIdLength = signed.length >= 2 ? view.getUint16(2 + length, true) : 0;
    const times = 2 + appIdLength;
    if (signed.length < times + 12) return failed('The token ends before its signed fields.');
    const issueTs = signed.slice(times, times + 4);
    const salt = signed.slice(times + 8, times + 12);
    const signingKey = await hmac('SHA-256', salt, await hmac('SHA-256', issueTs, key.bytes));
    return sameBytes(body.slice(2, 2 + length), await hmac('SHA-256', signingKey, signed))
      ? passed('The signature matches the app certificate.')
      : failed('The signature does not match the app certificate.');
  },
};

/** Largest body that is inflated, in bytes; real ones have a few hundred. */
const largestBody = 64 * 1024;

async function inflate(bytes: Uint8Array<ArrayBuffer> | null): Promise<Uint8Array<ArrayBuffer> | null> {
  if (!bytes) return null;
  try {
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
    const out = new Uint8Array(largestBody);
    let length = 0;
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (length + chunk.value.length > largestBody) {
        await reader.cancel();
        return null;
      }
      out.set(chunk.value, length);
      length += chunk.value.length;
    }
    return out.slice(0, length);
  } catch {
    return null;
  }
}
