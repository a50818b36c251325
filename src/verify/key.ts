import type { JWK } from 'jose';

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
  if ((short || text.length >= 16) && /^(?:[0-9a-f]{2})+$/i.test(text)) {
    const bytes = Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
    keys.push({ kind: 'secret', bytes, writtenAs: 'hex' });
  }
  return keys;
}

/** Decodes base64 or base64url, padded or not; null when it is neither. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** Environment variables and JSON often hold PEM with its line breaks escaped. */
function parsePem(text: string): string {
  const pem = text.replaceAll('\\n', '\n');
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(pem)?.[1];
  if (!label || !pem.includes(`-----END ${label}-----`)) {
    throw new KeyError('The PEM text has a BEGIN line without its END line.');
  }
  if (/^(RSA|EC) /.test(label)) {
    throw new KeyError(`"${label}" is an older form; convert it to SPKI or PKCS#8 (openssl pkey -pubout).`);
  }
  if (!['PUBLIC KEY', 'PRIVATE KEY', 'CERTIFICATE'].includes(label)) {
    throw new KeyError(`"${label}" is not a key that can verify a token.`);
  }
  return pem;
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
