import {
  type CryptoKey,
  compactVerify,
  createLocalJWKSet,
  errors,
  exportJWK,
  importJWK,
  importPKCS8,
  importSPKI,
  importX509,
} from 'jose';
import type { Token } from '../engine/model.ts';
import type { Key } from './key.ts';
import { failed, notChecked, otherKey, passed, type Verdict, type Verifier } from './verifier.ts';

const hmacAlgorithms = ['HS256', 'HS384', 'HS512'];
const publicAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Signatures of RFC 7515, by the `jose` library. The kind of key decides which algorithms are accepted (RFC 8725 §3.1). */
export const jose: Verifier = {
  id: 'jose',
  forms: ['jws', 'jws-unsecured', 'sd-jwt'],
  keys: ['secret', 'pem', 'jwks'],
  async verify(token, key) {
    const alg = token.header?.alg;
    const algorithms = algorithmsOf(key);
    if (typeof alg !== 'string' || !algorithms.includes(alg)) {
      const shown = typeof alg === 'string' ? JSON.stringify(alg.slice(0, 40)) : '(none)';
      return otherKey(`The token’s algorithm ${shown} is not one that ${words[key.kind]} can verify.`);
    }
    try {
      await verifyWith(key, compact(token), alg, algorithms);
      return passed(`The ${alg} signature matches the key.`);
    } catch (error) {
      return explain(error);
    }
  },
};

const words = { secret: 'a shared secret', pem: 'a public key', jwks: 'this key' };

function algorithmsOf(key: Key): string[] {
  if (key.kind === 'secret') return hmacAlgorithms;
  if (key.kind === 'pem') return publicAlgorithms;
  const symmetric = key.keys.some(({ kty }) => kty === 'oct');
  const asymmetric = key.keys.some(({ kty }) => kty !== 'oct');
  return [...(symmetric ? hmacAlgorithms : []), ...(asymmetric ? publicAlgorithms : [])];
}

async function verifyWith(key: Key, text: string, alg: string, algorithms: string[]) {
  if (key.kind === 'secret') return compactVerify(text, key.bytes, { algorithms });
  if (key.kind === 'pem') return compactVerify(text, await importPem(key.pem, alg), { algorithms });
  // A private key verifies as well as its public half, which is all that is used.
  const keys = key.keys.map((jwk) => (jwk.kty === 'oct' ? jwk : withoutPrivateParts(jwk)));
  const [only] = keys;
  if (only && keys.length === 1 && only.kid === undefined)
    return compactVerify(text, await importJWK(only, alg), { algorithms });
  if (hmacAlgorithms.includes(alg)) {
    return verifyWithAny(
      keys.filter((jwk) => jwk.kty === 'oct').map((jwk) => importJWK(jwk, alg)),
      text,
      algorithms,
    );
  }
  return compactVerify(text, createLocalJWKSet({ keys }), { algorithms });
}

async function verifyWithAny(keys: Promise<CryptoKey | Uint8Array>[], text: string, algorithms: string[]) {
  for (const key of keys) {
    const result = await compactVerify(text, await key, { algorithms }).catch(() => null);
    if (result) return result;
  }
  throw new errors.JWSSignatureVerificationFailed();
}

async function importPem(pem: string, alg: string): Promise<CryptoKey> {
  if (pem.includes('BEGIN CERTIFICATE')) return importX509(pem, alg);
  if (!pem.includes('BEGIN PRIVATE KEY')) return importSPKI(pem, alg);
  const jwk = await exportJWK(await importPKCS8(pem, alg, { extractable: true }));
  return (await importJWK(withoutPrivateParts(jwk), alg)) as CryptoKey;
}

function withoutPrivateParts<T extends object>(jwk: T): T {
  const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'key_ops', 'use', 'ext'];
  return Object.fromEntries(Object.entries(jwk).filter(([name]) => !secretMembers.includes(name))) as T;
}

/** An SD-JWT is signed in its first part only (RFC 9901). */
function compact({ text, form }: Token): string {
  return form === 'sd-jwt' ? text.slice(0, text.indexOf('~')) : text;
}

function explain(error: unknown): Verdict {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return failed('The signature does not match the key: the token was made with another one, or changed since.');
  }
  if (error instanceof errors.JWKSNoMatchingKey) return otherKey('The key set has no key with the token’s `kid`.');
  if (error instanceof errors.JWKSMultipleMatchingKeys) {
    return notChecked('Several keys of the set fit; the token names none by `kid`.');
  }
  if (error instanceof errors.JWSInvalid || error instanceof errors.JOSEAlgNotAllowed) {
    return failed('The token is not a signed JWT that can be verified.');
  }
  return notChecked('The key could not be used: it does not fit the token’s algorithm, or is damaged.');
}
