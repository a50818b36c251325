import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { isJsonObject, joseOf } from '../engine/decode/forms/index.ts';
import type { Token } from '../engine/model/token.ts';
import { toBase64url } from '../engine/text/base64.ts';
import { hasAt, objectAt, valueAt } from '../engine/text/values.ts';
import { parseKeySet, verifySignature } from '../verify/index.ts';

const hashes = { 'sha-256': sha256, 'sha-384': sha384, 'sha-512': sha512 };

/**
 * Whether the key binding behind an SD-JWT, where there is one, is by the key that the issuer named and over just this
 * presentation (RFC 9901 §7.3). Its nonce and audience are the reader's to compare.
 */
export async function isKeyBindingGood(token: Token): Promise<boolean> {
  const end = token.text.lastIndexOf('~') + 1;
  // In the JSON form it stands in a header that nobody signed, and is over a text that is not there.
  if (isJsonObject(token)) return !hasAt(token.header, 'kb_jwt');
  if (joseOf(token) !== 'selective' || end === token.text.length) return true;
  const binding = token.inner.find(({ path }) => path === 'key-binding')?.token;
  const jwk = objectAt(token.claims, 'cnf.jwk');
  if (binding?.header?.typ !== 'kb+jwt' || !jwk) return false;
  const { kid: _, ...bare } = jwk;
  const key = parseKeySet(JSON.stringify({ keys: [bare] }));
  const { outcome, signed } = await verifySignature(binding, key);
  const named = valueAt(token.claims, '_sd_alg');
  const name = named === undefined ? 'sha-256' : String(named);
  const hash = Object.hasOwn(hashes, name) ? hashes[name as keyof typeof hashes] : null;
  return (
    outcome === 'passed' &&
    hash !== null &&
    signed?.claims?.sd_hash === toBase64url(hash(utf8ToBytes(token.text.slice(0, end))))
  );
}
