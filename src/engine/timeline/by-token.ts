import type { Sighting } from '../model/token.ts';

/** Sightings by token, in the order of the first of each. */
export function byToken(sightings: readonly Sighting[]): Map<string, Sighting[]> {
  const groups = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const group = groups.get(sighting.token);
    if (group) group.push(sighting);
    else groups.set(sighting.token, [sighting]);
  }
  return groups;
}
