import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * Finds out which access key was sent. Digests of one length are compared to the end, so time tells neither which key was
 * near nor how far; and at once, so that many requests together get no more tries than one after another.
 */
export function createAccessKeys(accessKeys: readonly string[]) {
  const digests = accessKeys.map((key) => sha256(utf8ToBytes(key)));
  /** Its index; -1 when it is none. */
  return function indexOf(sent: string): number {
    const digest = sha256(utf8ToBytes(sent));
    let found = -1;
    for (const [index, known] of digests.entries()) {
      let difference = 0;
      for (let at = 0; at < known.length; at += 1) difference |= (known[at] ?? 0) ^ (digest[at] ?? 0);
      if (difference === 0) found = index;
    }
    return found;
  };
}
