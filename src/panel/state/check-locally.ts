import type { Sighting, Token } from '../../engine/model/token.ts';
import type { LocalCheck } from './validation.ts';

/**
 * Verifies a signature, or decrypts, with a key the user has at hand. The key is used and forgotten; nothing is looked up.
 * The crypto code is loaded when first needed, as most never need it. What a token is
 * kept under may be needed to decrypt it, too; its sightings tell.
 */
export async function checkLocally(
  token: Token,
  keyText: string,
  sightings: readonly Pick<Sighting, 'place' | 'path'>[] = [],
): Promise<Omit<LocalCheck, 'at'>> {
  const { KeyError, openToken, parseKey, verifySignature } = await import('../../verify/index.ts');
  try {
    if (token.lock) return await openToken(token, keyText, sightings.flatMap(namesOf));
    const { outcome, reason, isOtherKey } = await verifySignature(token, parseKey(keyText));
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
