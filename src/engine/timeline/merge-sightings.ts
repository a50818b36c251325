import { sourceOf } from '../find/sources/index.ts';
import { originOf } from '../find/sources/url-snippets.ts';
import type { Capture, Place, Problem, Traits, Unsearched } from '../model/capture.ts';
import { isNote } from '../model/notes.ts';
import type { Repeats, Sighting } from '../model/token.ts';
import { hostOf } from '../text/hosts.ts';

/**
 * What is known after one more look: what was there keeps the time it was first seen, what is missing is kept as gone,
 * and what could not be read this time stays as it was. Repeats that were counted stay counted.
 */
export function mergeSightings(
  known: readonly Sighting[],
  found: readonly Sighting[],
  capture: Pick<Capture, 'readAt' | 'page' | 'frames' | 'problems' | 'stores' | 'closedHosts'>,
  unsearched: Unsearched = { sources: [], places: [] },
): Sighting[] {
  const before = new Map(known.map((sighting) => [identity(sighting), sighting]));
  const cookiesBefore = new Map(known.filter(isCookie).map((sighting) => [cookieIdentity(sighting), sighting]));
  const merged: Sighting[] = [];
  const seen = new Set<string>();
  // One cookie is seen by scripts without its attributes, and with them once access is granted.
  const cookiesSeen = new Map<string, Sighting>();
  for (const sighting of found) {
    const id = identity(sighting);
    if (seen.has(id)) continue;
    seen.add(id);
    let earlier = before.get(id);
    if (isCookie(sighting)) {
      cookiesSeen.set(cookieIdentity(sighting), sighting);
      const other = cookiesBefore.get(cookieIdentity(sighting));
      if (!earlier && other && differInDepth(sighting, other)) earlier = other;
    }
    const more = moreRepeats(earlier?.more, sighting.more);
    const seenAt = earlier?.seenAt ?? sighting.seenAt;
    const backAt = earlier && earlier.goneAt !== null ? capture.readAt : earlier?.backAt;
    const times = { seenAt, goneAt: null, ...(backAt !== undefined && { backAt }) };
    merged.push(sameOr(earlier, { ...sighting, ...times, ...(more && { more }) }));
  }
  const isSeenOtherwise = (sighting: Sighting) => {
    const other = isCookie(sighting) && cookiesSeen.get(cookieIdentity(sighting));
    return other && differInDepth(sighting, other);
  };
  const isUnread = unreadBy(capture);
  const isWithdrawn = withdrawnBy(capture);
  const isUnsearched = unsearchedBy(unsearched);
  const origins = originsIn(capture);
  // What went out of sight is known to be gone once its origin is seen again without it.
  const isKnownGone = ({ goneAt, isOutOfSight, place }: Sighting) =>
    goneAt !== null && !(isOutOfSight && origins.has(place.origin));
  const missing = known
    .filter((sighting) => !seen.has(identity(sighting)) && !isSeenOtherwise(sighting))
    .map((sighting) =>
      isKnownGone(sighting) || isUnread(sighting) || isUnsearched(sighting)
        ? unreadSince(sighting, isWithdrawn(sighting) ? capture.readAt : null)
        : goneSince(sighting, capture.readAt, origins),
    );
  return [...merged, ...missing];
}

/** Noted once: the first look that could not read it any more. `at` is null where nothing keeps it from being read. */
function unreadSince(sighting: Sighting, at: number | null): Sighting {
  if (at === null || sighting.goneAt !== null || sighting.unreadAt !== undefined) return sighting;
  return { ...sighting, unreadAt: at };
}

/** What is kept beyond documents may still lie where it lay when none of its origin is there any more. */
function goneSince(sighting: Sighting, goneAt: number, origins: ReadonlySet<string | null>): Sighting {
  const { unreadAt: _, isOutOfSight: __, ...known } = sighting;
  const { origin, traits } = sighting.place;
  const isOutOfSight = !origins.has(origin) && outlasting.has(traits.storage);
  return { ...known, goneAt, ...(isOutOfSight && { isOutOfSight }) };
}

/** Kinds of storage that outlast documents. */
const outlasting: ReadonlySet<Traits['storage']> = new Set([
  'local',
  'session',
  'cookie',
  'database',
  'cache',
  'file',
] as const);

/** Origins of which there are documents. */
function originsIn({ page, frames, stores }: Pick<Capture, 'page' | 'frames' | 'stores'>): Set<string | null> {
  return new Set([
    page && originOf(page.url),
    ...frames.map(({ origin }) => origin),
    ...stores.map(({ origin }) => origin),
  ]);
}

/** Repeats are counted from the start, so the greater count holds the smaller; a look that counts none takes none away. */
function moreRepeats(before: Repeats | undefined, now: Repeats | undefined): Repeats | undefined {
  return before && before.count > (now?.count ?? 0) ? before : now;
}

/** What was known, when it says the same: what did not change need not be judged again. */
function sameOr(earlier: Sighting | undefined, now: Sighting): Sighting {
  return earlier && JSON.stringify(earlier) === JSON.stringify(now) ? earlier : now;
}

/** The same token in the same place. The page has one address, so a change around the token there is no new place. */
function identity({ token, path, place }: Sighting): string {
  const document = sourceOf(place.source)?.isPerDocument ? place.url : null;
  const cookie = place.cookie && [place.cookie.domain, place.cookie.path, place.cookie.partitionedBy];
  return JSON.stringify([place.source, place.origin, place.label, place.key, document, cookie, path, token]);
}

const isCookie = ({ place }: Sighting) => place.cookie !== null;

/** A cookie as scripts tell it from others: by its name and value. */
function cookieIdentity({ token, path, place }: Sighting): string {
  return JSON.stringify([place.origin, place.label, path, token]);
}

/** Whether the attributes of one of the two were observed, and those of the other not. */
function differInDepth(a: Sighting, b: Sighting): boolean {
  return (a.place.cookie?.domain === null) !== (b.place.cookie?.domain === null);
}

/**
 * What could not be read says nothing about what it holds: the store of a document that was reported unreadable, one of an origin
 * that was not read through another document, keys of a store that was read in part, and cookies that scripts cannot read while
 * nobody else tells of them.
 */
function unreadBy(capture: Pick<Capture, 'problems' | 'stores' | 'closedHosts'>): (sighting: Sighting) => boolean {
  const { problems, stores } = capture;
  const unread = problems.filter((problem) => !isNote(problem));
  const subjects = new Set(unread.flatMap(({ subject }: Problem) => (subject ? [subject, originOf(subject)] : [])));
  const read = new Set(stores.map(nameOf));
  const partly = new Map<string, Set<string>>();
  for (const store of stores)
    if (store.isPartial) partly.set(nameOf(store), new Set(store.entries.map(({ key }) => key)));
  const isWithdrawn = withdrawnBy(capture);
  return (sighting) => {
    const { place } = sighting;
    const { origin, url, key } = place;
    const name = nameOf(place);
    return (
      subjects.has(url ?? '') ||
      (subjects.has(origin ?? '') && !read.has(name)) ||
      partly.get(name)?.has(key ?? '') === false ||
      isWithdrawn(sighting)
    );
  };
}

/** Cookies that scripts cannot read, while nobody else tells of them. */
function withdrawnBy({ closedHosts }: Pick<Capture, 'closedHosts'>): (sighting: Sighting) => boolean {
  const closed = new Set(closedHosts);
  return ({ place: { cookie, url } }) => cookie?.httpOnly === true && closed.has(hostOf(url) ?? '');
}

/** How many are named, each by itself. */
const mostNamed = 20;

/** What is shown as it was last read, because access to its site was withdrawn, in a problem for each place. */
export function withdrawnProblems(sightings: readonly Sighting[]): Problem[] {
  const unread = sightings.filter(({ goneAt, unreadAt }) => goneAt === null && unreadAt !== undefined);
  const subjects = new Set(unread.map(({ place }) => `${place.label} of ${place.origin}`));
  return [...subjects].slice(0, mostNamed).map((subject, index) => ({
    code: 'cookie-unread',
    message:
      'This cookie could not be read any more since access to its site was withdrawn. It is shown as it was last read, and may have changed or gone since.' +
      (index === mostNamed - 1 && subjects.size > mostNamed
        ? ` So are ${(subjects.size - mostNamed).toLocaleString('en')} more.`
        : ''),
    subject,
  }));
}

/** What was not searched through says nothing about what it holds either. */
function unsearchedBy({ sources, places }: Unsearched): (sighting: Sighting) => boolean {
  const labelOf = ({ source, origin, label }: Place) => JSON.stringify([source, origin, label]);
  const labels = new Set(places.map(labelOf));
  return ({ place }) => sources.includes(place.source) || (labels.size > 0 && labels.has(labelOf(place)));
}

const nameOf = ({ source, origin }: Pick<Place, 'source' | 'origin'>) => `${source} ${origin}`;
