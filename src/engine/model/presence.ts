import type { Place } from './capture.ts';
import type { Sighting } from './token.ts';

type Times = Pick<Sighting, 'goneAt' | 'seenAt' | 'more'>;
type Seen = { sightings: readonly Times[] };
/** What places tell that hold nothing. */
type Motion = Pick<Place, 'exchange' | 'from' | 'call'>;

/**
 * When a token was found missing in the last of its places, in seconds since the epoch; null while it is somewhere. A token
 * that the page keeps in memory is there as long as the document whose requests carried it, or until another followed it. One
 * that it kept where it can be seen is gone when it has left there, unless a request carries it later.
 */
export function goneSince({ sightings, followed }: Whereabouts): number | null {
  return goneFromSight(sightings) ?? followed?.at ?? null;
}

interface Whereabouts {
  sightings: readonly (Times & { place: Motion })[];
  /** When it was another that the page went on with. */
  followed?: { at: number };
}

/** The same as far as it was seen. */
export function goneFromSight(sightings: Whereabouts['sightings']): number | null {
  const atRest = sightings.filter(({ place }) => !isMoment(place));
  const inMotion = sightings.filter(({ place }) => isMoment(place));
  if (atRest.length === 0) return lastGone(inMotion);
  const goneAt = lastGone(atRest);
  return inMotion.some((one) => isCarriedAfter(one, goneAt ?? 0)) ? null : goneAt;
}

/** Whether a token was left there, with no document any more to read it. */
export function isLeft({ isOutOfSight, goneAt }: Pick<Sighting, 'isOutOfSight' | 'goneAt'>): boolean {
  return isOutOfSight === true && goneAt !== null;
}

/** Whether a token that is gone from sight may still lie somewhere, where no document was left to read it. */
export function mayStillLie({ sightings }: { sightings: readonly Parameters<typeof isLeft>[0][] }): boolean {
  return sightings.some(isLeft);
}

/** Whether what was seen there is over with the moment, as requests, messages and calls are, and nothing lies there. */
export function isMoment({ exchange, from, call }: Motion): boolean {
  return exchange !== undefined || from !== undefined || call !== undefined;
}

/** Whether it is the address of a frame that holds it: an address that lies there, and that no history keeps. */
export function isFrameAddress(place: Place): boolean {
  return place.traits.urlPart !== null && !place.traits.keptInHistory && !isMoment(place);
}

/** Whether a request of a document that is there carried a token after a time, in seconds since the epoch. Places are looked at in whole seconds. */
export function isCarriedAfter(sighting: Times, at: number): boolean {
  return sighting.goneAt === null && Math.floor(lastMet(sighting) ?? 0) > at;
}

function lastGone(sightings: readonly Times[]): number | null {
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
  for (const { seenAt, more } of sightings) first = earliest(earliest(first, seenAt), more?.firstAt ?? null);
  return first;
}

/** When a token was last met in a place, in seconds since the epoch, its repeats included; null when nothing tells. */
export function lastMet({ seenAt, more }: Pick<Sighting, 'seenAt' | 'more'>): number | null {
  return latest(seenAt, more?.lastAt ?? null);
}

/** How often a token was met in a place: once, and as often as it was counted there. */
export function timesMet({ more }: Pick<Sighting, 'more'>): number {
  return 1 + (more?.count ?? 0);
}

/** The earlier and the later of two times; one that is not known does not count. */
export const earliest = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.min(a, b));
export const latest = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : Math.max(a, b));
