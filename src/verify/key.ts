import type { JWK } from 'jose';
import { isObject, jsonOddities, parseJson } from '../engine/text/json.ts';
import { valueAt } from '../engine/text/values.ts';
import { base64Bytes } from './base64-bytes.ts';
import { isDer, noSecretBecause } from './public-key-text.ts';

export { base64Bytes };

/** A key in hand. It is held in memory and never written anywhere. */
export type Key =
  | { kind: 'secret'; bytes: Uint8Array<ArrayBuffer>; writtenAs: 'text' | 'base64' | 'hex' }
  /** SPKI public key, X.509 certificate or PKCS#8 private key. */
  | { kind: 'pem'; pem: string }
  | { kind: 'jwks'; keys: JWK[] };

/** Longest key text that is looked at, in characters. */
const longestKey = 256 * 1024;

export class KeyError extends Error {
  override name = 'KeyError';
}

/**
 * Reads a key as people paste it: PEM, JWK, JWK Set, or a shared secret. A secret may be meant as text, base64 or hex;
 * every reading that is possible is returned, the likeliest first.
 * @throws {KeyError} with a sentence that does not repeat the key
 */
export function parseKey(text: string): Key[] {
  if (text.length > longestKey) throw new KeyError('This is too long for a key.');
  const trimmed = text.trim();
  if (!trimmed) throw new KeyError('There is no key here.');
  if (trimmed.includes('-----BEGIN')) return [{ kind: 'pem', pem: parsePem(trimmed) }];
  if (trimmed.startsWith('{')) return [{ kind: 'jwks', keys: parseJwks(trimmed) }];
  const other = noSecretBecause(trimmed);
  if (other) throw new KeyError(`This is ${other}, written in a way that cannot be read as one.`);
  return secretReadings(trimmed);
}

/**
 * The readings of a shared secret, as text first. Short texts are hardly meant as base64 or hex, unless `short` says that they
 * may be.
 */
export function secretReadings(text: string, { short = false } = {}): Key[] {
  const keys: Key[] = [{ kind: 'secret', bytes: new TextEncoder().encode(text), writtenAs: 'text' }];
  const isLong = short || text.length >= 8;
  const base64 = isLong && /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? base64Bytes(text) : null;
  if (base64?.length) keys.push({ kind: 'secret', bytes: base64, writtenAs: 'base64' });
  if ((short || text.length >= 16) && text.length % 2 === 0 && /^[0-9a-f]+$/i.test(text)) {
    const bytes = Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    keys.push({ kind: 'secret', bytes, writtenAs: 'hex' });
  }
  return keys;
}

/**
 * A public key as a configuration or a key server gives it: one SPKI key, or a certificate (the first of a chain), and
 * nothing around it.
 * @throws {KeyError} for anything else, a private key included; the sentence does not repeat the text
 */
export function parsePublicPem(text: string): Key[] {
  const trimmed = text.length > longestKey ? '' : text.replaceAll('\\n', '\n').trim();
  const blocks = [...trimmed.matchAll(pemBlock)];
  const [first] = blocks;
  const isWhole =
    blocks
      .map(([block]) => block)
      .join('')
      .replace(/\s/g, '') === trimmed.replace(/\s/g, '');
  if (!first || !isWhole) throw new KeyError('This is not a public key in PEM (SPKI or X.509 certificate).');
  const [pem, label, body = ''] = first;
  if (label?.includes('PRIVATE')) throw new KeyError('This is a private key, where a public one belongs.');
  const alone = label === 'CERTIFICATE' || (label === 'PUBLIC KEY' && blocks.length === 1);
  const bytes = base64Bytes(body.replace(/\s/g, ''));
  if (!alone || blocks.some((block) => block[1] !== label) || !bytes || !isDer(bytes)) {
    throw new KeyError('This is not a public key in PEM (SPKI or X.509 certificate).');
  }
  return [{ kind: 'pem', pem }];
}

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]+)-----END \1-----/g;

/** Most keys of one set that are looked at. */
const mostKeys = 100;
/** A set with more oddities than this hides something behind them. */
const mostOddities = 50;

/**
 * A JSON Web Key Set as a URL gives it (RFC 7517 §5): an object whose `keys` are public keys. Keys that cannot verify a
 * signature are left out, shared secrets always are: what anybody can fetch is none.
 * @throws {KeyError} when it is anything else, when no key is left, or when it hands out a private key
 */
export function parseKeySet(text: string): Key[] {
  const json = text.length > longestKey ? undefined : parseJson(text);
  const list = isObject(json) ? valueAt(json, 'keys') : null;
  const oddities = jsonOddities(text, mostOddities);
  const isOdd = oddities.length >= mostOddities || oddities.some(({ code }) => code === 'duplicate-member');
  if (!Array.isArray(list) || isOdd) {
    throw new KeyError('This is not a JSON Web Key Set (RFC 7517).');
  }
  if (list.length > mostKeys) throw new KeyError(`The key set has more than ${mostKeys} keys.`);
  const keys = list.filter(isObject);
  if (keys.some((key) => key.kty !== 'oct' && ['d', 'p', 'q', 'priv'].some((name) => Object.hasOwn(key, name)))) {
    throw new KeyError('The key set hands out a private key, so anybody could have signed with it.');
  }
  const usable = keys.filter((key) => typeof key.kty === 'string' && ['RSA', 'EC', 'OKP'].includes(key.kty));
  if (!usable.length) throw new KeyError('The key set has no public key that could verify a signature.');
  return [{ kind: 'jwks', keys: usable as unknown as JWK[] }];
}

/** Environment variables and JSON often hold PEM with its line breaks escaped. */
function parsePem(text: string): string {
  const pem = text.replaceAll('\\n', '\n');
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  const start = pem.indexOf('-----BEGIN ');
  const end = label === undefined ? -1 : pem.indexOf(`-----END ${label}-----`, start);
  if (label === undefined || end < 0) {
    throw new KeyError('The PEM text has a BEGIN line without its END line.');
  }
  if (/^(RSA|EC) /.test(label)) {
    throw new KeyError(`"${label}" is an older form; convert it to SPKI or PKCS#8 (openssl pkey -pubout).`);
  }
  if (!['PUBLIC KEY', 'PRIVATE KEY', 'CERTIFICATE'].includes(label)) {
    throw new KeyError(`"${label}" is not a key that can verify a token.`);
  }
  return pem.slice(start, end + `-----END ${label}-----`.length);
}

function parseJwks(text: string): JWK[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new KeyError('This begins like a JSON key but is not valid JSON.');
  }
  const list = (json as { keys?: unknown }).keys;
  const keys = (Array.isArray(list) ? list : [json]).filter(
    (one): one is JWK => typeof one === 'object' && one !== null && typeof (one as JWK).kty === 'string',
  );
  if (!keys.length) throw new KeyError('The JSON holds no key: a JWK has a member `kty` (RFC 7517).');
  // One key pasted alone is the one that is meant, whatever `kid` the token names; a set is searched by `kid`.
  return Array.isArray(list) ? keys : keys.map(({ kid: _, ...key }) => key);
}
