import type { Sighting } from '../model/token.ts';
import { slotOf } from './replacements.ts';

/** Kept of one place before its latest token, there or gone, and of all that is gone together, at most; the oldest are left out first. */
const mostOfOnePlace = 20;
const mostOfAll = 2000;

export interface Kept {
  sightings: Sighting[];
  /** How many tokens are not listed any more. */
  leftOut: number;
}

/** All that is there, and of what is gone the latest, so that a page that renews its tokens all day takes no more and more memory. */
export function keepRecent(sightings: readonly Sighting[]): Kept {
  const gone = sightings.filter(({ goneAt }) => goneAt !== null).sort((a, b) => (b.goneAt ?? 0) - (a.goneAt ?? 0));
  if (gone.length <= mostOfOnePlace) return { sightings: [...sightings], leftOut: 0 };
  // The latest of a place may be there or gone: when it goes, none of those before it goes with it.
  const taken = new Set(sightings.filter(({ goneAt }) => goneAt === null).map(slotOf));
  const ofPlace = new Map<string, number>();
  const recent = new Set(
    gone
      .filter((sighting) => {
        const slot = slotOf(sighting);
        const count = (ofPlace.get(slot) ?? 0) + 1;
        ofPlace.set(slot, count);
        return count <= mostOfOnePlace + (taken.has(slot) ? 0 : 1);
      })
      .slice(0, mostOfAll),
  );
  const kept = sightings.filter((sighting) => sighting.goneAt === null || recent.has(sighting));
  return { sightings: kept, leftOut: countTokens(sightings) - countTokens(kept) };
}

/** One token may lie in several places. */
function countTokens(sightings: readonly Sighting[]): number {
  return new Set(sightings.map(({ token }) => token)).size;
}
