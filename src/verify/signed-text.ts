import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64Bytes } from './base64-bytes.ts';
import { algorithmsOf, candidatesOf } from './jose.ts';
import type { Key } from './key.ts';
import { failed, hmac, notChecked, otherKey, passed, sameBytes, type Verdict } from './verifier.ts';

/** HMAC and RSASSA-PKCS1-v1_5, by the hash that the algorithm names (RFC 7518 §3.2 and §3.3). */
const hashes = new Map([
  ['256', 'SHA-256'],
  ['384', 'SHA-384'],
  ['512', 'SHA-512'],
] as const);

/**
 * Checks the signature of a compact JWS by an algorithm that the caller knows, over the text as it stands: for servers that take
 * algorithm and key from their settings and look at nothing else in the header. Never throws.
 *
 * @param algorithm `HS256` to `HS512` or `RS256` to `RS512`
 */
export async function verifyText(text: string, algorithm: string, kid: unknown, key: Key): Promise<Verdict> {
  const hash = hashes.get(algorithm.slice(2) as '256');
  if (!/^[HR]S/.test(algorithm) || !hash)
    return notChecked('The server’s algorithm is none that can be verified here.');
  if (!algorithmsOf(key).includes(algorithm)) return otherKey(`The key is of another kind than ${algorithm} takes.`);
  const dot = text.lastIndexOf('.');
  const signature = base64Bytes(text.slice(dot + 1).replaceAll('=', ''));
  const signed = utf8ToBytes(text.slice(0, dot)) as Uint8Array<ArrayBuffer>;
  if (!signature?.length) return failed('The token has no signature that can be read.');
  const candidates = candidatesOf(key, algorithm, kid);
  if (typeof candidates === 'string') return otherKey(candidates);
  for (const candidate of candidates) {
    try {
      const imported = await candidate();
      const matches =
        imported instanceof Uint8Array
          ? sameBytes(signature, await hmac(hash, imported as Uint8Array<ArrayBuffer>, signed))
          : await crypto.subtle.verify('RSASSA-PKCS1-v1_5', imported as CryptoKey, signature, signed);
      if (matches) return passed(`The ${algorithm} signature matches the key.`);
    } catch {
      return notChecked('The key could not be used: it does not fit the token’s algorithm, or is damaged.');
    }
  }
  return failed('The signature does not match the key: the token was made with another one, or changed since.');
}
