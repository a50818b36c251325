import { createHmac, timingSafeEqual } from 'node:crypto';
import { compactVerify, createLocalJWKSet, errors, importJWK, type JWK } from 'jose';
import type { Token } from '../engine/model.ts';
import type { VerifyingKey } from './read-key.ts';

export interface SignatureResult {
  /** `unchecked` when the key and the token do not go together. */
  verdict: 'right' | 'wrong' | 'unchecked';
  says: string;
}

/** Checks a token's signature with the key given. `only` is the one algorithm accepted, or null. */
export async function verifySignature(token: Token, key: VerifyingKey, only: string | null): Promise<SignatureResult> {
  if (token.form === 'opentok-t1') return verifyOpentok(token, key);
  if (token.form !== 'jws' && token.form !== 'sd-jwt')
    return unchecked(`a token of form ${token.form} has no signature that can be checked here`);
  const alg = token.header?.alg;
  if (typeof alg !== 'string') return unchecked('the header of the token names no algorithm');
  if (alg.toLowerCase() === 'none')
    return { verdict: 'wrong', says: 'The token is not signed: its algorithm is "none".' };
  if (only !== null && alg !== only)
    return { verdict: 'wrong', says: `The token is signed with ${alg}, not with ${only}.` };
  const isMac = /^HS(?:256|384|512)$/.test(alg);
  if (key.kind === 'secret' && !isMac)
    return unchecked(`${alg} is checked with a public key, and a shared secret was given`);
  if (key.kind === 'public' && isMac)
    return unchecked(`${alg} is checked with a shared secret, and a public key was given`);

  // Disclosures follow the signed part of an SD-JWT (RFC 9901 §4).
  const [jws = ''] = token.text.split('~');
  try {
    if (key.kind === 'jwks') return await verifyWithSet(jws, alg, key.set.keys);
    await compactVerify(jws, key.kind === 'secret' ? key.bytes : key.key, { algorithms: [alg] });
    return right(alg, key.kind === 'secret' ? 'the secret given' : 'the public key given');
  } catch (error) {
    return explained(error, alg);
  }
}

async function verifyWithSet(jws: string, alg: string, keys: JWK[]): Promise<SignatureResult> {
  const isMac = alg.startsWith('HS');
  const fitting = keys.filter((key) => key !== null && typeof key === 'object' && (key.kty === 'oct') === isMac);
  if (isMac) {
    // Sets of public keys hold no secrets, so the library's look-up passes over these.
    for (const key of fitting) {
      try {
        await compactVerify(jws, await importJWK(key, alg), { algorithms: [alg] });
        return right(alg, 'the key set given');
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
      }
    }
    return fitting.length > 0 ? wrong(alg) : unchecked(`the key set holds no key for ${alg}`);
  }
  try {
    await compactVerify(jws, createLocalJWKSet({ keys: fitting }), { algorithms: [alg] });
    return right(alg, 'the key set given');
  } catch (error) {
    if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
    for await (const key of error) {
      try {
        await compactVerify(jws, key, { algorithms: [alg] });
        return right(alg, 'the key set given');
      } catch (inner) {
        if (!(inner instanceof errors.JWSSignatureVerificationFailed)) throw inner;
      }
    }
    return wrong(alg);
  }
}

function explained(error: unknown, alg: string): SignatureResult {
  if (error instanceof errors.JWSSignatureVerificationFailed) return wrong(alg);
  if (error instanceof errors.JWKSNoMatchingKey)
    return unchecked('the key set holds no key with the id and type the token names');
  if (error instanceof errors.JOSENotSupported) return unchecked(`the algorithm ${alg} is not supported`);
  if (error instanceof errors.JWSInvalid)
    return { verdict: 'wrong', says: `The token cannot be checked as it stands: ${error.message}.` };
  return unchecked(`the key given does not fit ${alg}`);
}

function right(alg: string, what: string): SignatureResult {
  return { verdict: 'right', says: `The signature is right: ${alg}, checked with ${what}.` };
}

function wrong(alg: string): SignatureResult {
  return { verdict: 'wrong', says: `The signature is wrong: ${alg}. Another key signed it, or the text was changed.` };
}

function unchecked(says: string): SignatureResult {
  return { verdict: 'unchecked', says };
}

/** `T1==` and base64 of `partner_id=…&sig=<hex HMAC-SHA1 of what follows>:<data>`, as OpenTok's server libraries write it. */
function verifyOpentok(token: Token, key: VerifyingKey): SignatureResult {
  if (key.kind !== 'secret') return unchecked("an OpenTok T1 token is checked with the project's API secret");
  const text = Buffer.from(token.text.slice('T1=='.length), 'base64').toString('utf8');
  const [, signature, data] = /(?:^|&)sig=([0-9a-f]{40}):([\s\S]*)$/i.exec(text) ?? [];
  if (signature === undefined || data === undefined) return unchecked('the token names no signature');
  const expected = createHmac('sha1', key.bytes).update(data).digest();
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'))
    ? right('HMAC-SHA1', 'the secret given')
    : wrong('HMAC-SHA1');
}
