import { isSameInput } from './input-names.ts';
import type { LockedPlace } from './lock-file.ts';
import { isSamePattern } from './name-pattern.ts';
import { isSameSpan } from './span.ts';

/** `localStorage.auth on https://call.example` */
export function placeWords({ in: where, on, input }: LockedPlace): string {
  return `${where}${on === undefined ? '' : ` on ${on}`}${input === undefined ? '' : ` (${input})`}`;
}

/** Whether two are one place, whatever is told of a cookie there. */
export function isSamePlace(locked: LockedPlace, seen: LockedPlace): boolean {
  return (
    isSamePattern(locked.in, seen.in) &&
    isSamePattern(locked.on ?? '', seen.on ?? '') &&
    isSameInput(locked.input ?? '', seen.input ?? '', isSamePattern)
  );
}

/** A change of places, in words that read on from what the kind is called. */
export interface PlaceDifference {
  part: 'place' | 'cookie';
  says: string;
}

/** In which places a kind is that it was not in, in which it is no longer, and what is told otherwise of cookies. */
export function placeDifferences(locked: readonly LockedPlace[], seen: readonly LockedPlace[]): PlaceDifference[] {
  const gone = names(locked.filter((one) => !seen.some((other) => isSamePlace(one, other))));
  const fresh = names(seen.filter((one) => !locked.some((other) => isSamePlace(other, one))));
  const isMove = gone.length === 1 && fresh.length === 1;
  const also = gone.length < locked.length ? 'now also in' : 'now in';
  const moves: string[] = isMove
    ? [`is now in ${fresh[0]}, was in ${gone[0]}`]
    : [...fresh.map((place) => `is ${also} ${place}`), ...gone.map((place) => `is no longer in ${place}`)];
  return [...moves.map((says) => ({ part: 'place' as const, says })), ...cookieDifferences(locked, seen)];
}

const names = (places: readonly LockedPlace[]) => [...new Set(places.map(placeWords))];

function cookieDifferences(locked: readonly LockedPlace[], seen: readonly LockedPlace[]): PlaceDifference[] {
  const says = seen.flatMap((place) => {
    const before = locked.filter((one) => isSamePlace(one, place));
    if (
      before.length === 0 ||
      before.some(({ cookie }) => facets.every((facet) => isSameFacet(facet, cookie, place.cookie)))
    )
      return [];
    const [nearest] = before;
    return facets
      .filter((facet) => !isSameFacet(facet, nearest?.cookie, place.cookie))
      .map((facet) => {
        const [now, was] = [facetOf(facet, place.cookie), facetOf(facet, nearest?.cookie)];
        return `is ${now} in ${placeWords(place)}, was ${was}`;
      });
  });
  return [...new Set(says)].map((one) => ({ part: 'cookie', says: one }));
}

/** What may be told of a cookie: how it reads, and what it is where nothing is said of it. */
interface Facet {
  like: RegExp;
  otherwise: string;
}

const facets: readonly Facet[] = [
  { like: /HttpOnly$/, otherwise: 'not told to be HttpOnly or not' },
  { like: /Secure$/, otherwise: 'not told to be Secure or not' },
  { like: /SameSite/, otherwise: 'of a SameSite that is not told' },
  { like: /^for subdomains$/, otherwise: 'for its host alone' },
  { like: /^below /, otherwise: 'for every path' },
  { like: /^partitioned$/, otherwise: 'not partitioned' },
  { like: /^(?:kept|until)\b/, otherwise: 'kept for a time that is not told' },
];

function facetOf({ like, otherwise }: Facet, cookie: readonly string[] | undefined): string {
  return cookie?.find((fact) => like.test(fact)) ?? otherwise;
}

/** How long a cookie is kept changes with every look; only twice as long, or half, is another time. */
function isSameFacet(
  facet: Facet,
  locked: readonly string[] | undefined,
  seen: readonly string[] | undefined,
): boolean {
  const [one, other] = [facetOf(facet, locked), facetOf(facet, seen)];
  if (one === other) return true;
  if (!one.startsWith('kept') || !other.startsWith('kept')) return false;
  const [span, otherSpan] = [one.slice(5), other.slice(5)];
  return span === '' || otherSpan === '' || isSameSpan(span, otherSpan, 2);
}
