import {
  type CryptoKey,
  compactVerify,
  decodeProtectedHeader,
  errors,
  exportJWK,
  type FlattenedJWSInput,
  flattenedVerify,
  importJWK,
  importPKCS8,
  importSPKI,
  importX509,
  type JWK,
} from 'jose';
import { jws } from '../engine/decode/forms/jws.ts';
import { jwsJson } from '../engine/decode/forms/jws-json.ts';
import { jwsUnsecured } from '../engine/decode/forms/jws-unsecured.ts';
import { sdJwt } from '../engine/decode/forms/sd-jwt.ts';
import type { Token } from '../engine/model/token.ts';
import type { JsonObject } from '../engine/text/json.ts';
import { isObject, parseJson } from '../engine/text/json.ts';
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
  forms: [jws, jwsUnsecured, jwsJson, sdJwt].map(({ id }) => id),
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
  if (typeof alg !== 'string' || !algorithmsOf(key).includes(alg)) {
    const shown = typeof alg === 'string' ? JSON.stringify(alg.slice(0, 40)) : '(none)';
    return otherKey(`The token’s algorithm ${shown} is not one that ${words[key.kind]} can verify.`);
  }
  const candidates = candidatesOf(key, alg, kidOf(jws));
  if (typeof candidates === 'string') return otherKey(candidates);
  let verdict = notChecked('There is no key to verify it with.');
  for (const candidate of candidates) {
    try {
      const { payload, protectedHeader } = await verifyJws(jws, await candidate(), { algorithms: [alg] });
      return passed(`The ${alg} signature matches the key.`, {
        header: (protectedHeader ?? null) as JsonObject | null,
        claims: claimsOf(payload),
      });
    } catch (error) {
      const one = explain(error);
      if (verdict.outcome !== 'failed') verdict = one;
    }
  }
  return verdict;
}

const words = { secret: 'a shared secret', pem: 'a public key', jwks: 'this key' };

/** Algorithms that this kind of key can verify at all. */
export function algorithmsOf(key: Key): string[] {
  if (key.kind === 'secret') return hmacAlgorithms;
  if (key.kind === 'pem') return publicAlgorithms;
  return [...hmacAlgorithms, ...publicAlgorithms].filter((alg) => key.keys.some((jwk) => isOfKind(jwk, alg)));
}

/** The keys that may verify `alg`, to be imported one by one; a sentence when there is none. */
export function candidatesOf(key: Key, alg: string, kid: unknown): (() => Promise<CryptoKey | Uint8Array>)[] | string {
  if (key.kind === 'secret') return [async () => key.bytes];
  if (key.kind === 'pem') return [() => importPem(key.pem, alg)];
  const [only] = key.keys;
  const isAlone = key.keys.length === 1 && only?.kid === undefined;
  const named = key.keys.filter((jwk) => isAlone || kid === undefined || jwk.kid === kid);
  if (!named.length) return 'The key set has no key with the token’s `kid`.';
  const fitting = named.filter((jwk) => isOfKind(jwk, alg) && maySign(jwk, alg));
  if (!fitting.length) return `The key is not meant for signatures by ${alg}.`;
  // A private key verifies as well as its public half, which is all that is used.
  return fitting
    .slice(0, mostCandidates)
    .map((jwk) => async () => importJWK(jwk.kty === 'oct' ? jwk : publicHalf(jwk), alg));
}

/** A token without `kid` is tried with the keys of a set that fit; more than these would be a set made to keep us busy. */
const mostCandidates = 100;

const curves = new Map([
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
]);

/** Which algorithms a key of this kind can make at all, whatever the token says (RFC 7518 §3.1, RFC 8037 §3.1). */
function isOfKind({ kty, crv }: JWK, alg: string): boolean {
  if (alg.startsWith('HS')) return kty === 'oct';
  if (alg.startsWith('ES')) return kty === 'EC' && crv === curves.get(alg);
  if (alg.startsWith('Ed')) return kty === 'OKP' && crv === 'Ed25519';
  return kty === 'RSA';
}

/** What the key itself says it is for: `alg`, `use` and `key_ops` (RFC 7517 §4.2 to §4.4). */
function maySign(jwk: JWK, alg: string): boolean {
  if (jwk.alg !== undefined && jwk.alg !== alg && !(isEdwards(jwk.alg) && isEdwards(alg))) return false;
  if (jwk.use !== undefined && jwk.use !== 'sig') return false;
  if (jwk.key_ops === undefined) return true;
  const isPrivate = jwk.kty === 'oct' || jwk.d !== undefined;
  return Array.isArray(jwk.key_ops) && jwk.key_ops.some((op) => op === 'verify' || (isPrivate && op === 'sign'));
}

/** `Ed25519` (RFC 9864) and the older `EdDSA` are one algorithm where the curve is Ed25519. */
function isEdwards(alg: unknown): boolean {
  return alg === 'EdDSA' || alg === 'Ed25519';
}

function verifyJws(jws: Jws, key: CryptoKey | Uint8Array, options: { algorithms: string[] }) {
  return typeof jws === 'string' ? compactVerify(jws, key, options) : flattenedVerify(jws, key, options);
}

function kidOf(jws: Jws): unknown {
  try {
    const header = decodeProtectedHeader(typeof jws === 'string' ? jws : { protected: jws.protected ?? '' });
    return header.kid ?? (typeof jws === 'string' ? undefined : jws.header?.kid);
  } catch {
    return undefined;
  }
}

function claimsOf(payload: Uint8Array): JsonObject | null {
  try {
    const value = parseJson(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

async function importPem(pem: string, alg: string): Promise<CryptoKey> {
  if (pem.startsWith('-----BEGIN CERTIFICATE-----')) return importX509(pem, alg);
  if (!pem.startsWith('-----BEGIN PRIVATE KEY-----')) return importSPKI(pem, alg);
  const jwk = await exportJWK(await importPKCS8(pem, alg, { extractable: true }));
  return (await importJWK(publicHalf(jwk), alg)) as CryptoKey;
}

function publicHalf<T extends object>(jwk: T): T {
  const left = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'key_ops', 'use', 'ext'];
  return Object.fromEntries(Object.entries(jwk).filter(([name]) => !left.includes(name))) as T;
}

function signaturesOf({ text, form, header }: Token): { jws: Jws; alg: unknown }[] {
  if (form === jwsJson.id) return signaturesInJson(text);
  // An SD-JWT is signed in its first part only (RFC 9901).
  return [{ jws: form === sdJwt.id ? text.slice(0, text.indexOf('~')) : text, alg: header?.alg }];
}

/** One signature of a known key is enough: the others may be for other readers (RFC 7515 §7.2). */
function signaturesInJson(text: string): { jws: Jws; alg: unknown }[] {
  const object = parseJson(text);
  if (!isObject(object) || typeof object.payload !== 'string') return [];
  const { payload, signatures } = object;
  return (Array.isArray(signatures) ? signatures.slice(0, 100) : [object]).filter(isObject).map((one) => {
    const header = isObject(one.header) ? { header: one.header } : {};
    const jws = { payload, signature: String(one.signature), ...header };
    // An algorithm that is not itself signed could be changed on the way, so it counts for nothing.
    if (typeof one.protected !== 'string') return { jws: { ...jws, protected: '' }, alg: undefined };
    return { jws: { ...jws, protected: one.protected }, alg: algIn(one.protected) };
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
  if (error instanceof errors.JWSInvalid || error instanceof errors.JOSEAlgNotAllowed) {
    return failed('The token is not a signed JWT that can be verified.');
  }
  return notChecked('The key could not be used: it does not fit the token’s algorithm, or is damaged.');
}
