import type { Finding, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import type { Mute } from './policy/policies.ts';

/**
 * The first mute that concerns a finding; null when none does. `about` are the tokens it is about. A mute for a token
 * needs all of them to be that token; one for a place or an origin needs the finding to be about that place, or, when
 * it is about no place, one of the tokens to lie on that origin.
 */
export function muteOf(
  finding: Pick<Finding, 'rule' | 'at' | 'tokens'>,
  mutes: readonly Mute[],
  about: readonly Subject[],
): Mute | null {
  if (mutes.length === 0) return null;
  const sighting = sightingOf(finding, about);
  const matching = mutes.find((one) => {
    if (one.rule !== '*' && one.rule !== finding.rule) return false;
    if (one.token === null && one.place === null && one.origin === null) return false;
    if (one.token !== null && !(about.length > 0 && about.every(({ token }) => token.id === one.token))) return false;
    if (one.place !== null && !(sighting && sighting.place.label === one.place)) return false;
    return one.origin === null || originsOf(sighting, about).includes(one.origin);
  });
  return matching ?? null;
}

/** What a finding can be muted for, with what it concerns: the narrowest first. */
export function mutableFor(
  finding: Pick<Finding, 'rule' | 'at' | 'tokens'>,
  about: readonly Subject[],
): Pick<Mute, 'token' | 'place' | 'origin'>[] {
  const nothing = { token: null, place: null, origin: null };
  const sighting = sightingOf(finding, about);
  const token = about.length === 1 ? about[0]?.token.id : undefined;
  return [
    ...(token === undefined ? [] : [{ ...nothing, token }]),
    // The same label on another origin is another place.
    ...(sighting ? [{ ...nothing, place: sighting.place.label, origin: knownOrigin(sighting) }] : []),
    ...originsOf(sighting, about).map((origin) => ({ ...nothing, origin })),
  ];
}

/** The sighting a finding about one token points at: `sightings[0]`. */
export function sightingOf({ at, tokens }: Pick<Finding, 'at' | 'tokens'>, about: readonly Subject[]): Sighting | null {
  const index = tokens ? undefined : at?.match(/^sightings\[(\d+)\]$/)?.[1];
  return index === undefined ? null : (about[0]?.sightings[Number(index)] ?? null);
}

function originsOf(sighting: Sighting | null, about: readonly Subject[]): string[] {
  const sightings = sighting ? [sighting] : about.flatMap((subject) => subject.sightings);
  return [...new Set(sightings.flatMap((one) => knownOrigin(one) ?? []))];
}

/** Origins that have no name of their own (`null`, `file://`) are the same text for many places. */
function knownOrigin({ place }: Sighting): string | null {
  return place.origin?.match(/^https?:\/\//) ? place.origin : null;
}
