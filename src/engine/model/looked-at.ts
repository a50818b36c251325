import type { SourceId } from './capture.ts';
import type { Sighting } from './token.ts';

/** A place that was looked at, whether a token lay there or not. */
export interface LookedPlace {
  source: SourceId;
  /** "null" for an opaque one; null where there is none, as in a text. */
  origin: string | null;
  /** The document, or what was requested, without query and fragment. Null where there is none, and where too many are known. */
  url: string | null;
  /** The whole address of the page (the top-level document) that it belongs to; null where that is not known. */
  page: string | null;
  /** Name of the file it was read from; left out for a live page. */
  input?: string;
  /** Set where nothing but an address was looked at. */
  isAddress?: true;
  /** Set where not all that lies there was read. */
  isPartial?: true;
}

/** The same with when it was last, for what is over with the moment. */
export interface Look extends LookedPlace {
  /** Seconds since the epoch; null for what lies there, and where nothing tells. */
  seenAt: number | null;
}

/** So many are told with their addresses, and so many more without. */
const mostPlaces = 2000;
/** Longest address that is kept, in UTF-16 code units; of a longer one, query and fragment are left out. */
const longestAddress = 2000;

/** Puts looks together: each place once, so many at most. What is no longer told of more places is the address of each. */
export function createLooks(most = mostPlaces) {
  const looks = new Map<string, Look>();
  return {
    add(look: LookedPlace & Partial<Look>): void {
      const url = look.url === null ? null : shortened(withoutQuery(look.url));
      const page = look.page === null ? null : addressOf(look.page);
      const place = { ...look, url, page };
      const key = keyOf(place);
      if (looks.has(key) || looks.size < most) keep(key, place);
      else if (looks.has(keyOf({ ...place, url: null })) || looks.size < 2 * most)
        keep(keyOf({ ...place, url: null }), { ...place, url: null });
    },
    list: (): readonly Look[] => [...looks.values()],
  };

  function keep(key: string, look: LookedPlace & Partial<Look>): void {
    const before = looks.get(key);
    const { isPartial: _, isAddress: __, ...place } = look;
    looks.set(key, {
      ...place,
      seenAt: later(before?.seenAt, look.seenAt),
      // What was read as more than an address once, was. What was once not read to its end may hold more.
      ...((look.isPartial || before?.isPartial) && { isPartial: true }),
      ...(look.isAddress && (before === undefined || before.isAddress) && { isAddress: true }),
    });
  }
}

function later(one: number | null = null, other: number | null = null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** Each of them once. */
export function mergeLooks(...lists: readonly (readonly (LookedPlace & Partial<Look>)[])[]): readonly Look[] {
  const looks = createLooks();
  for (const list of lists) for (const look of list) looks.add(look);
  return looks.list();
}

/** The places without their times; the same list as before where they are the same. */
export function placesOf(
  looks: readonly (LookedPlace & Partial<Look>)[],
  before: readonly LookedPlace[] = [],
): readonly LookedPlace[] {
  const places = looks.map(({ seenAt: _, ...place }) => place);
  return sameLooks(places, before);
}

/** The list from before where another holds the same, whatever the times. */
export function sameLooks<Place extends LookedPlace>(
  now: readonly Place[],
  before: readonly Place[],
): readonly Place[] {
  return now.length === before.length && now.every((one, index) => isSamePlace(one, before[index])) ? before : now;
}

function isSamePlace(one: LookedPlace, other: LookedPlace | undefined): boolean {
  return (
    one.url === other?.url &&
    one.page === other.page &&
    one.source === other.source &&
    one.origin === other.origin &&
    one.input === other.input &&
    one.isAddress === other.isAddress &&
    one.isPartial === other.isPartial
  );
}

/** Where tokens were seen: all that is known of where was looked, where nothing else tells. */
export function placesSeen(subjects: readonly { sightings: readonly Sighting[] }[]): readonly LookedPlace[] {
  const looks = createLooks();
  for (const { place, input } of subjects.flatMap(({ sightings }) => sightings)) {
    const { source, origin, url, exchange } = place;
    looks.add({
      source,
      origin,
      url,
      page: exchange?.pageUrl ?? null,
      seenAt: null,
      ...(input !== undefined && { input }),
    });
  }
  return placesOf(looks.list());
}

/** An address without its query and its fragment. */
export function withoutQuery(url: string): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}

function addressOf(url: string): string {
  return url.length <= longestAddress ? url : shortened(withoutQuery(url));
}

function shortened(url: string): string {
  return url.slice(0, longestAddress);
}

function keyOf({ source, origin, url, page, input }: LookedPlace): string {
  return JSON.stringify([source, origin, url, page, input]);
}
