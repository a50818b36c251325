import {
  type CryptoKey,
  compactDecrypt,
  errors,
  type FlattenedJWE,
  flattenedDecrypt,
  type GeneralJWE,
  generalDecrypt,
  importJWK,
  importPKCS8,
} from 'jose';
import type { Token } from '../engine/model/token.ts';
import type { Key } from './key.ts';
import { failed, notChecked, passed, type Verdict } from './verifier.ts';

export interface Decryption extends Verdict {
  /** What was inside, when it could be decrypted and is text. */
  plaintext?: string;
}

const symmetric = /^(?:dir|A(?:128|192|256)(?:GCM)?KW|PBES2-HS(?:256|384|512)\+A(?:128|192|256)KW)$/;
const asymmetric = /^(?:RSA-OAEP(?:-256|-384|-512)?|ECDH-ES(?:\+A(?:128|192|256)KW)?)$/;

/** More rounds than any recommendation asks for would only keep the reader waiting (RFC 8725 §3.9 on `p2c`). */
const mostRounds = 1_000_000;

/** Decrypts a JWE (RFC 7516) with keys in hand, until one fits. Never throws. The kind of key decides which algorithms are accepted. */
export async function decryptToken(token: Token, keys: readonly Key[]): Promise<Decryption> {
  if (token.lock?.opener !== 'jwe') return notChecked('This token is not encrypted.');
  let last: Decryption = notChecked('There is no key to decrypt it with.');
  for (const key of keys) {
    last = await decryptWith(token, key);
    if (last.outcome === 'passed') return last;
  }
  return last;
}

async function decryptWith(token: Token, key: Key): Promise<Decryption> {
  const alg = token.header?.alg;
  if (typeof alg !== 'string' || !(symmetric.test(alg) || asymmetric.test(alg))) {
    return notChecked('The token names no way of encryption that is known here.');
  }
  const candidates = candidatesOf(key, alg, token.header?.kid);
  if (candidates.length === 0) {
    const wanted = symmetric.test(alg) ? 'a shared secret' : 'a private key, in PEM (PKCS#8) or as JWK';
    return notChecked(`The algorithm ${alg} takes ${wanted}.`);
  }
  let last: Decryption = notChecked('There is no key to decrypt it with.');
  for (const candidate of candidates) {
    try {
      const bytes = await decryptText(token, await candidate(), alg);
      return { ...passed('The token was decrypted with the key.'), ...textOf(bytes) };
    } catch (error) {
      last = explain(error);
    }
  }
  return last;
}

function candidatesOf(key: Key, alg: string, kid: unknown): (() => Promise<CryptoKey | Uint8Array>)[] {
  const isSymmetric = symmetric.test(alg);
  if (key.kind === 'secret') return isSymmetric ? [async () => key.bytes] : [];
  if (key.kind === 'pem') {
    return !isSymmetric && key.pem.includes('BEGIN PRIVATE KEY') ? [() => importPKCS8(key.pem, alg)] : [];
  }
  return key.keys
    .filter((jwk) => (jwk.kty === 'oct') === isSymmetric && (isSymmetric || jwk.d !== undefined))
    .filter((jwk) => jwk.kid === undefined || kid === undefined || jwk.kid === kid)
    .map(
      ({ key_ops: _, use: __, ...jwk }) =>
        () =>
          importJWK(jwk, alg),
    );
}

async function decryptText(token: Token, key: CryptoKey | Uint8Array, alg: string): Promise<Uint8Array> {
  const options = { keyManagementAlgorithms: [alg], maxPBES2Count: mostRounds };
  if (!token.text.trimStart().startsWith('{')) return (await compactDecrypt(token.text, key, options)).plaintext;
  const json = JSON.parse(token.text) as GeneralJWE | FlattenedJWE;
  const decrypted = await ('recipients' in json
    ? generalDecrypt(json, key, options)
    : flattenedDecrypt(json, key, options));
  return decrypted.plaintext;
}

function textOf(bytes: Uint8Array): { plaintext?: string } {
  try {
    return { plaintext: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return {};
  }
}

function explain(error: unknown): Decryption {
  if (error instanceof errors.JWEDecryptionFailed) {
    return failed('The key does not decrypt the token: it was made for another one, or changed since.');
  }
  if (error instanceof errors.JWEInvalid || error instanceof errors.JOSENotSupported) {
    return notChecked('The token is encrypted in a way that cannot be read here.');
  }
  return notChecked('The key could not be used: it does not fit the token’s algorithm, or is damaged.');
}
