import type { Sighting } from '../../engine/model/token.ts';
import { byteWork } from '../../inputs/bytes/byte-work.ts';

/**
 * Gives sightings texts of their own. What was cut out of a stored value of megabytes would keep the whole of it for as long as the
 * token is listed, gone or not. Texts that were given before are given again.
 */
export function createOwnTexts(): (sightings: readonly Sighting[]) => Sighting[] {
  let before = new Map<string, string>();
  return (sightings) => {
    const now = new Map<string, string>();
    const own = (text: string): string => {
      const known = now.get(text) ?? before.get(text) ?? byteWork.copy(text);
      now.set(known, known);
      return known;
    };
    const owned = sightings.map((sighting) => ({ ...sighting, token: own(sighting.token), path: own(sighting.path) }));
    before = now;
    return owned;
  };
}
