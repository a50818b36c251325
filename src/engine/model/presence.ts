import type { Sighting } from './token.ts';

type Seen = { sightings: readonly Pick<Sighting, 'goneAt' | 'seenAt'>[] };

/** When a token was found missing in the last of its places, in seconds since the epoch; null while it is somewhere. */
export function goneSince({ sightings }: Seen): number | null {
  let last: number | null = null;
  for (const { goneAt } of sightings) {
    if (goneAt === null) return null;
    last = Math.max(last ?? goneAt, goneAt);
  }
  return last;
}

/** When a token was first seen anywhere, in seconds since the epoch; null when no place tells. */
export function firstSeen({ sightings }: Seen): number | null {
  let first: number | null = null;
  for (const { seenAt } of sightings) if (seenAt !== null) first = Math.min(first ?? seenAt, seenAt);
  return first;
}
