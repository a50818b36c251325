import {
  type CryptoKey,
  compactVerify,
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  exportJWK,
  type FlattenedJWSInput,
  flattenedVerify,
  importJWK,
  importPKCS8,
  importSPKI,
  importX509,
} from 'jose';
import { isObject, parseJson } from '../engine/json.ts';
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
  forms: ['jws', 'jws-unsecured', 'jws-json', 'sd-jwt'],
  keys: ['secret', 'pem', 'jwks'],
  async verify(token, key) {
    let verdict: Verdict | null = null;
    for (const { jws, alg } of signaturesOf(token)) {
      const one = await verifyOne(jws, alg, key);
      if (one.outcome === 'passed') return one;
      // A signature that this kind of key could have made says more than one it could not.
      if (!verdict || (typeof alg === 'string' && algorithmsOf(key).includes(alg))) verdict = one;
    }
    return verdict ?? failed('The token is not a signed JWT that can be verified.');
  },
};

/** Compact serialization, or one signature of the JSON serialization. */
type Jws = string | FlattenedJWSInput;

async function verifyOne(jws: Jws, alg: unknown, key: Key): Promise<Verdict> {
  const algorithms = algorithmsOf(key);
  if (typeof alg !== 'string' || !algorithms.includes(alg)) {
    const shown = typeof alg === 'string' ? JSON.stringify(alg.slice(0, 40)) : '(none)';
    return otherKey(`The token’s algorithm ${shown} is not one that ${words[key.kind]} can verify.`);
  }
  try {
    await verifyWith(key, jws, alg, algorithms);
    return passed(`The ${alg} signature matches the key.`);
  } catch (error) {
    return explain(error);
  }
}

const words = { secret: 'a shared secret', pem: 'a public key', jwks: 'this key' };

function algorithmsOf(key: Key): string[] {
  if (key.kind === 'secret') return hmacAlgorithms;
  if (key.kind === 'pem') return publicAlgorithms;
  const symmetric = key.keys.some(({ kty }) => kty === 'oct');
  const asymmetric = key.keys.some(({ kty }) => kty !== 'oct');
  return [...(symmetric ? hmacAlgorithms : []), ...(asymmetric ? publicAlgorithms : [])];
}

async function verifyWith(key: Key, jws: Jws, alg: string, algorithms: string[]) {
  if (key.kind === 'secret') return verifyJws(jws, key.bytes, { algorithms });
  if (key.kind === 'pem') return verifyJws(jws, await importPem(key.pem, alg), { algorithms });
  // A private key verifies as well as its public half, which is all that is used.
  const keys = key.keys.map((jwk) => (jwk.kty === 'oct' ? jwk : withoutPrivateParts(jwk)));
  const [only] = keys;
  if (only && keys.length === 1 && only.kid === undefined)
    return verifyJws(jws, await importJWK(only, alg), { algorithms });
  if (hmacAlgorithms.includes(alg)) {
    return verifyWithAny(
      keys.filter((jwk) => jwk.kty === 'oct').map((jwk) => importJWK(jwk, alg)),
      jws,
      algorithms,
    );
  }
  return verifyJws(jws, createLocalJWKSet({ keys }), { algorithms });
}

async function verifyWithAny(keys: Promise<CryptoKey | Uint8Array>[], jws: Jws, algorithms: string[]) {
  for (const key of keys) {
    const result = await verifyJws(jws, await key, { algorithms }).catch(() => null);
    if (result) return result;
  }
  throw new errors.JWSSignatureVerificationFailed();
}

function verifyJws(jws: Jws, key: CryptoKey | Uint8Array | KeySet, options: { algorithms: string[] }) {
  // The library tells keys and key sets apart by overloads.
  if (typeof key === 'function') {
    return typeof jws === 'string' ? compactVerify(jws, key, options) : flattenedVerify(jws, key, options);
  }
  return typeof jws === 'string' ? compactVerify(jws, key, options) : flattenedVerify(jws, key, options);
}

type KeySet = ReturnType<typeof createLocalJWKSet>;

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

function signaturesOf({ text, form, header }: Token): { jws: Jws; alg: unknown }[] {
  if (form === 'jws-json') return signaturesInJson(text);
  // An SD-JWT is signed in its first part only (RFC 9901).
  return [{ jws: form === 'sd-jwt' ? text.slice(0, text.indexOf('~')) : text, alg: header?.alg }];
}

/** One signature of a known key is enough: the others may be for other readers (RFC 7515 §7.2). */
function signaturesInJson(text: string): { jws: Jws; alg: unknown }[] {
  const object = parseJson(text);
  if (!isObject(object) || typeof object.payload !== 'string') return [];
  const { payload, signatures } = object;
  return (Array.isArray(signatures) ? signatures.slice(0, 100) : [object]).filter(isObject).map((one) => {
    const header = isObject(one.header) ? one.header : {};
    const jws = { payload, signature: String(one.signature), header };
    if (typeof one.protected !== 'string') return { jws, alg: header.alg };
    return { jws: { ...jws, protected: one.protected }, alg: header.alg ?? algIn(one.protected) };
  });
}

function algIn(written: string): unknown {
  try {
    return decodeProtectedHeader({ protected: written }).alg;
  } catch {
    return undefined;
  }
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
