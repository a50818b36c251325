import type { Check } from '../../contract/introspection.ts';
import type { Token } from '../../engine/model.ts';
import type { Key } from '../config.ts';
import type { Surroundings } from '../surroundings.ts';

/** One way to check a signature with a key the operator holds. */
export interface Verifier {
  id: string;
  /** Whether this is the way for a token of this shape and a key of this kind. */
  fits(token: Token, key: Key): boolean;
  /** Never throws for a bad token; the reason never contains the token or the key. */
  verify(token: Token, key: Key, surroundings: Surroundings): Promise<Check>;
}

export const passed = (reason: string): Check => ({ name: 'signature', outcome: 'passed', reason });
export const failed = (reason: string): Check => ({ name: 'signature', outcome: 'failed', reason });

/** The bytes of a shared secret. */
export function secretBytes(key: Key): Uint8Array<ArrayBuffer> | null {
  if (key.secret !== undefined) return new TextEncoder().encode(key.secret);
  if (key.secretBase64 !== undefined) return base64Bytes(key.secretBase64);
  return null;
}

/** Decodes base64 or base64url, padded or not; null when it is neither. */
export function base64Bytes(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  } catch {
    return null;
  }
}

/** HMAC through WebCrypto, which every runtime this server is for offers. */
export async function hmac(
  hash: 'SHA-1' | 'SHA-256',
  key: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** Compares without telling by time where the difference is. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
