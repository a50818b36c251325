import type { Token } from '../engine/model.ts';
import type { LocalCheck } from './validation.ts';

/** Whether the token hides its claims, so that a key opens it instead of verifying it. */
export function isEncrypted(token: Token): boolean {
  return token.form === 'jwe' || token.form === 'jwe-json';
}

/**
 * Verifies a signature, or decrypts, with a key the user has at hand. The key is used and forgotten; nothing is looked up.
 * The crypto code is loaded when first needed, as most never need it.
 */
export async function checkLocally(token: Token, keyText: string): Promise<Omit<LocalCheck, 'at'>> {
  const { decryptToken, KeyError, parseKey, verifySignature } = await import('../verify/index.ts');
  try {
    const keys = parseKey(keyText);
    if (isEncrypted(token)) return await decryptToken(token, keys);
    const { outcome, reason, isOtherKey } = await verifySignature(token, keys);
    // A key of the wrong kind was chosen here, which says nothing about the token.
    return { outcome: isOtherKey ? 'not-checked' : outcome, reason };
  } catch (error) {
    if (error instanceof KeyError) return { outcome: 'not-checked', reason: error.message };
    throw error;
  }
}
