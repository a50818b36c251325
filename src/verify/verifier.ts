import type { FormId, Token } from '../engine/model/token.ts';
import type { JsonObject } from '../engine/text/json.ts';
import type { Key } from './key.ts';

export interface Verdict {
  outcome: 'passed' | 'failed' | 'not-checked';
  /** One sentence, never containing the token or the key. */
  reason: string;
  /** The key is of another kind, or not the one the token names: a better key could still match. */
  isOtherKey?: true;
  /** What the verified signature covers, where it is read anew from the signed bytes. */
  signed?: Signed;
}

/** Header and claims as they were signed; nothing that stands beside them. */
export interface Signed {
  /** The protected header; null for forms that have none. */
  header: JsonObject | null;
  /** Null where what was signed is no JSON object. */
  claims: JsonObject | null;
}

/** One way to check a signature. */
export interface Verifier {
  id: string;
  forms: readonly FormId[];
  /** Kinds of key it can use. */
  keys: readonly Key['kind'][];
  /** Never throws, whatever the token. */
  verify(token: Token, key: Key): Promise<Verdict>;
}

export const passed = (reason: string, signed?: Signed): Verdict => ({
  outcome: 'passed',
  reason,
  ...(signed ? { signed } : {}),
});
export const failed = (reason: string): Verdict => ({ outcome: 'failed', reason });
/** Failed for a verifier that holds just this key; somebody who chooses keys may have chosen the wrong one. */
export const otherKey = (reason: string): Verdict => ({ outcome: 'failed', reason, isOtherKey: true });
export const notChecked = (reason: string): Verdict => ({ outcome: 'not-checked', reason });

/** HMAC through WebCrypto, which browsers, Node and edge runtimes all offer. */
export async function hmac(
  hash: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512',
  key: Uint8Array<ArrayBuffer>,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  // WebCrypto refuses an empty key; HMAC pads with zeros, so one zero byte is the same key.
  const raw = key.length ? key : new Uint8Array(1);
  const imported = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, message));
}

/** Compares without telling by time where the difference is. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i += 1) difference |= (a[i] ?? 0) ^ (b[i] ?? 0);
  return difference === 0;
}
