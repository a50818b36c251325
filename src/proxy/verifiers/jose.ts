import { type CryptoKey, compactVerify, createRemoteJWKSet, customFetch, errors, importSPKI, importX509 } from 'jose';
import type { Token } from '../../engine/model.ts';
import type { Key } from '../config.ts';
import type { Surroundings } from '../surroundings.ts';
import { ask } from '../upstream.ts';
import { failed, passed, secretBytes, type Verifier } from './verifier.ts';

const hmacAlgorithms = ['HS256', 'HS384', 'HS512'];
const publicAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Signatures of RFC 7515, by the `jose` library. The kind of key decides which algorithms are accepted (RFC 8725 §3.1). */
export const jose: Verifier = {
  id: 'jose',
  fits: ({ form }) => form === 'jws' || form === 'jws-unsecured' || form === 'sd-jwt',
  async verify(token, key, surroundings) {
    const shared = Boolean(key.secret ?? key.secretBase64);
    const algorithms = shared ? hmacAlgorithms : publicAlgorithms;
    const alg = token.header?.alg;
    if (typeof alg !== 'string' || !algorithms.includes(alg)) {
      const kind = shared ? 'a shared secret' : 'a public key';
      return failed(`The token's algorithm ${quote(alg)} is not one that ${kind} can verify.`);
    }
    try {
      await compactVerify(compact(token), await keyMaterial(token, key, alg, surroundings), { algorithms });
      return passed(`The ${alg} signature matches the configured key.`);
    } catch (error) {
      return explain(error);
    }
  },
};

/** Key sets are kept between requests: `jose` caches them and limits how often they are fetched. */
const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();

async function keyMaterial(token: Token, key: Key, alg: string, surroundings: Surroundings) {
  if (key.jwks) {
    const known = keySets.get(key.jwks);
    const set =
      known ?? createRemoteJWKSet(new URL(key.jwks), { timeoutDuration: 5000, [customFetch]: surroundings.fetch });
    keySets.set(key.jwks, set);
    return set;
  }
  const secret = secretBytes(key);
  if (secret) return secret;
  const pem = key.keyServer ? await pemByKid(key.keyServer, token, surroundings) : (key.publicKey ?? '');
  return (pem.includes('BEGIN CERTIFICATE') ? importX509(pem, alg) : importSPKI(pem, alg)) as Promise<CryptoKey>;
}

/** The hash keeps a hostile `kid` from choosing the path. */
async function pemByKid(keyServer: string, token: Token, surroundings: Surroundings): Promise<string> {
  const kid = new TextEncoder().encode(String(token.header?.kid ?? ''));
  const hash = Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', kid)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const { status, body } = await ask(new URL(`${keyServer.replace(/\/$/, '')}/${hash}.pem`), {}, 5000, surroundings);
  if (status !== 200) throw new errors.JWKSNoMatchingKey();
  return body;
}

/** An SD-JWT is signed in its first part only (RFC 9901). */
function compact({ text, form }: Token): string {
  return form === 'sd-jwt' ? text.slice(0, text.indexOf('~')) : text;
}

function explain(error: unknown) {
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return failed(
      'The signature does not match the configured key: the token was made with another one, or changed since.',
    );
  }
  if (error instanceof errors.JWKSNoMatchingKey)
    return failed('The configured key source has no key with the token’s `kid`.');
  if (error instanceof errors.JWKSTimeout) {
    return {
      name: 'signature',
      outcome: 'not-checked',
      reason: 'The configured key set did not answer in time.',
    } as const;
  }
  if (error instanceof errors.JOSEError && !error.code.startsWith('ERR_JOSE_GENERIC')) {
    return failed('The token is not a signed JWT that can be verified.');
  }
  return {
    name: 'signature',
    outcome: 'not-checked',
    reason: 'The configured key could not be used or fetched.',
  } as const;
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : '(none)';
}
