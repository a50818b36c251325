import type { Sighting, Token } from '../../engine/model.ts';
import type { LocalCheck } from './validation.ts';

/** Whether the token hides its claims, so that a key opens it instead of verifying it. */
export function isEncrypted(token: Token): boolean {
  return token.form === 'jwe' || token.form === 'jwe-json' || token.form === 'msal-encrypted';
}

/**
 * Verifies a signature, or decrypts, with a key the user has at hand. The key is used and forgotten; nothing is looked up.
 * The crypto code is loaded when first needed, as most never need it. An encrypted cache entry is decrypted by what it is
 * kept under, too, which its sightings tell.
 */
export async function checkLocally(
  token: Token,
  keyText: string,
  sightings: readonly Pick<Sighting, 'place' | 'path'>[] = [],
): Promise<Omit<LocalCheck, 'at'>> {
  const { decryptMsalEntry, decryptToken, KeyError, parseBaseKey, parseKey, verifySignature } = await import(
    '../../verify/index.ts'
  );
  try {
    if (token.form === 'msal-encrypted') {
      return await decryptMsalEntry(token.text, parseBaseKey(keyText), sightings.flatMap(namesOf));
    }
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

/** The storage key, and the last name in the path, where a file holds the storage as JSON. */
function namesOf({ place, path }: Pick<Sighting, 'place' | 'path'>): string[] {
  return [place.key ?? '', /\["([^"\\]*)"\]$/.exec(path)?.[1] ?? ''].filter((name) => name !== '');
}
