import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { isJsonObject, joseOf } from '../decode/forms/index.ts';
import type { Page } from '../model/capture.ts';
import type { FoundKey, Subject } from '../model/report.ts';
import type { Token } from '../model/token.ts';
import { base64Bytes } from '../text/base64.ts';
import { commonCount, commonSecrets, published, spelledOtherwise } from './common-secrets.ts';
import { derivedKeys, mostDerived } from './derived-keys.ts';

const hashes = { HS256: sha256, HS384: sha384, HS512: sha512 } as const;

export interface SearchProgress {
  /** Keys tried so far, each spelling counted. */
  tried: number;
  /** About how many there will be. */
  total: number;
}

/** True when a token is signed with HMAC and its signature is there: only then is there a key to look for. */
export function isSearchable(token: Token): boolean {
  return hashOf(token) !== null && (token.signature?.bytes ?? 0) >= 32;
}

/**
 * Looks for the key of an HMAC signature among keys that others can know: an empty one, published ones, names taken
 * from the token and the page, and common secrets. Works offline and sends nothing. A generator, so that the caller
 * keeps the pace: it yields after every `batch` keys and at the end, and stops for good when no longer asked (`return()`). It returns
 * the key found, or null. It knows no clock; the caller measures keys per second from `tried`.
 */
export function* searchKey(
  subject: Pick<Subject, 'token' | 'facts' | 'sightings'>,
  {
    page = null,
    literals = [],
    batch = 2000,
  }: { page?: Page | null; literals?: readonly string[]; batch?: number } = {},
): Generator<SearchProgress, FoundKey | null> {
  const verify = verifier(subject.token);
  if (!verify) return null;
  const total = 2 + Object.keys(published).length + Math.min(mostDerived, 2000 + literals.length) + commonCount * 3;
  let tried = 0;
  let next = batch;
  for (const candidate of candidates()) {
    for (const bytes of spellings(candidate.key)) {
      tried += 1;
      if (verify(bytes)) {
        yield { tried, total: tried };
        return { kind: candidate.kind, says: candidate.says };
      }
    }
    if (tried >= next) {
      next = tried + batch;
      yield { tried, total: Math.max(total, tried) };
    }
  }
  yield { tried, total: tried };
  return null;

  function* candidates(): Generator<{ key: string } & FoundKey> {
    yield { key: '', kind: 'blank', says: 'an empty key' };
    yield { key: '\0', kind: 'blank', says: 'a key of one zero byte' };
    for (const [key, from] of Object.entries(published)) {
      yield { key, kind: 'known', says: `"${key}", which is known from ${from}` };
    }
    for (const { key, from } of derivedKeys(subject, { page, literals })) yield { key, kind: 'derivable', says: from };
    for (const word of commonSecrets()) {
      for (const key of spelledOtherwise(word)) yield { key, kind: 'known', says: `"${key}", a common secret` };
    }
  }
}

/** The hash of an HMAC over everything before the last dot; null for a token that is signed otherwise. */
function hashOf(token: Token): (typeof hashes)[keyof typeof hashes] | null {
  const alg = token.header?.alg;
  if (joseOf(token) !== 'signed' || isJsonObject(token)) return null;
  return typeof alg === 'string' && Object.hasOwn(hashes, alg) ? hashes[alg as keyof typeof hashes] : null;
}

/** A function that tells whether a key made the signature; null when there is nothing to tell. */
function verifier(token: Token): ((key: Uint8Array) => boolean) | null {
  const hash = hashOf(token);
  if (!hash) return null;
  const { text } = token;
  const dot = text.lastIndexOf('.');
  const signature = base64Bytes(text.slice(dot + 1));
  if (signature.length !== hash.outputLen) return null;
  const message = utf8ToBytes(text.slice(0, dot));
  return (key) => {
    const made = hmac(hash, key, message);
    for (let index = 0; index < made.length; index += 1) {
      if (made[index] !== signature[index]) return false;
    }
    return true;
  };
}

/** The bytes a key can stand for: its characters, and what it encodes where it reads as hexadecimal or base64. */
function* spellings(key: string): Generator<Uint8Array> {
  yield utf8ToBytes(key);
  if (key.length >= 16 && key.length % 2 === 0 && /^[0-9a-f]+$/i.test(key)) {
    yield Uint8Array.from({ length: key.length / 2 }, (_, index) =>
      Number.parseInt(key.slice(index * 2, index * 2 + 2), 16),
    );
  }
  if (key.length >= 16 && /^[\w+/-]+={0,2}$/.test(key)) yield base64Bytes(key);
}
