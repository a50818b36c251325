import { sourceOf } from '../find/sources/index.ts';
import { type LookedPlace, placesSeen, withoutQuery } from '../model/looked-at.ts';
import { goneSince, isLeft } from '../model/presence.ts';
import type { Report, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import type { Json } from '../text/json.ts';
import type { Expectation, Match, Wanted } from './expectations.ts';
import { isPageLike } from './page-patterns.ts';
import { isUnread } from './unread.ts';
import { fits } from './wanted.ts';

/** A token that an expectation speaks of. */
export interface Scoped {
  subject: Subject;
  /** The first place of the token that is in scope. */
  sighting: Sighting | undefined;
}

export interface Scope {
  tokens: Scoped[];
  /** Tokens that were seen in such a place and are out of sight: they may lie there still. */
  outOfSight: Scoped[];
  /** What there was to look at: nothing at all, no such page, nothing of such a place, some of it, or all of it. */
  looked: 'nothing' | 'no-page' | 'no-place' | 'partly' | 'wholly';
  /** Of places in a list, those of which nothing was looked at, as a place of its own. Left out where there is none. */
  missed?: Match;
}

/** Pages that are spoken of at all, whatever an expectation says; any where it is left out. */
export interface Within {
  /** Only tokens seen there. */
  tokens?: (page: string) => boolean;
  /** Only what was looked at there counts as looked at. */
  looks?: (page: string) => boolean;
}

/** Tokens in places that an expectation speaks of, and whether any of these was looked at. What is gone is nowhere. */
export function createScopes(report: Report, within: Within = {}) {
  const places = report.lookedAt ?? placesSeen(report.subjects);
  const pagesOf = createPages(places);
  const isPage = (url: string) => places.some(({ page }) => page === url);
  return function scopeOf({ where }: Pick<Expectation, 'where'>, patterns: readonly string[] | null): Scope {
    const onPages = (isWithin?: (page: string) => boolean) => {
      if (!patterns && !isWithin) return null;
      const isLike = (page: string) => patterns?.some((one) => isPageLike(page, one)) ?? true;
      return (page: string | null) => page !== null && isLike(page) && (isWithin?.(page) ?? true);
    };
    const hasTokens = onPages(within.tokens);
    const isThere = (sighting: Sighting) =>
      isIn(where, sighting) && (hasTokens === null || pagesOf(sighting).some(hasTokens));
    const scoped = (sightingsOf: (subject: Subject) => Sighting[]): Scoped[] =>
      report.subjects.flatMap((subject) => {
        const sighting = sightingsOf(subject).find(isThere);
        return sighting ? [{ subject, sighting }] : [];
      });
    const tokens = scoped(presentIn);
    const here = new Set(tokens.map(({ subject }) => subject));
    const outOfSight = scoped(({ sightings }) => sightings.filter(isLeft)).filter(({ subject }) => !here.has(subject));
    const isOnPage = onPages(within.looks) ?? (() => true);
    const looked = lookedIn(places, where, isOnPage);
    const isLeftOut = looked === 'wholly' && isUnread(report.problems, { where, isOnPage, isPage });
    const missed = missedOf(places, where, isOnPage);
    return { tokens, outOfSight, looked: isLeftOut ? 'partly' : looked, ...(missed && { missed }) };
  };
}

/** Whether it is a kind of place that every page has, so that one of a list that nobody looked at was missed. Frames and requests there may be none. */
function isAlways(id: string): boolean {
  const foundIn = sourceOf(id)?.foundIn;
  return foundIn === 'document' || foundIn === 'jar';
}

/** Of several places that are named, those that were not looked at: that nothing lies in either is known of the others alone. */
function missedOf(
  places: readonly LookedPlace[],
  where: Match = {},
  isOnPage: (page: string | null) => boolean,
): Match | null {
  for (const name of ['origin', 'source', 'input']) {
    const wanted = where[name];
    const named = (Array.isArray(wanted) ? wanted : []).filter((one) => typeof one === 'string');
    const missed = named
      .filter((one) => name !== 'source' || isAlways(one))
      .filter((one) => {
        const looked = lookedIn(places, { ...where, [name]: one }, isOnPage);
        return looked !== 'wholly' && looked !== 'partly';
      });
    if (missed.length > 0) return { ...where, [name]: missed };
  }
  return null;
}

function lookedIn(
  places: readonly LookedPlace[],
  where: Match | undefined,
  isOnPage: (page: string | null) => boolean,
): Scope['looked'] {
  // The address alone of a page or a frame tells nothing of what lies in it.
  const read = places.filter(({ isAddress }) => !isAddress || where?.source !== undefined);
  if (read.length === 0) return 'nothing';
  const ofPages = read.filter(({ page }) => isOnPage(page));
  if (ofPages.length === 0) return 'no-page';
  const there = ofPages.filter((place) => isMet(where, place));
  if (there.length === 0) return 'no-place';
  return there.every(({ isPartial }) => isPartial) ? 'partly' : 'wholly';
}

/** Whether what was looked at is such a place, as far as it tells: not what a place is called there, nor its key. */
function isMet(where: Match = {}, { origin, source, url, input }: LookedPlace): boolean {
  return Object.entries(where).every(([name, wanted]) => {
    if (name === 'origin') return fits(origin, wanted);
    if (name === 'source') return fits(source, wanted);
    if (name === 'url') return fits(url, withoutQueries(wanted));
    return name !== 'input' || fits(input ?? null, wanted);
  });
}

/** The same of addresses without query and fragment. */
function withoutQueries(wanted: Wanted): Wanted {
  if (typeof wanted === 'string') return withoutQuery(wanted);
  if (Array.isArray(wanted)) return wanted.map(withoutQueries);
  if (wanted !== null && typeof wanted === 'object' && 'like' in wanted) return { like: withoutQuery(wanted.like) };
  return wanted;
}

/** Addresses of the pages in which a token was seen. */
function createPages(places: readonly LookedPlace[]): (sighting: Sighting) => readonly string[] {
  const bySource = new Map<string, Set<string>>();
  const byInput = new Map<string | undefined, Set<string>>();
  const keyOf = (source: string, origin: string | null, input: string | undefined) =>
    JSON.stringify([source, origin, input]);
  for (const { source, origin, page, input } of places) {
    if (page === null) continue;
    add(bySource, keyOf(source, origin, input), page);
    add(byInput, input, page);
  }
  return ({ place, input }) => {
    if (place.exchange?.pageUrl) return [place.exchange.pageUrl];
    const own = bySource.get(keyOf(place.source, place.origin, input)) ?? byInput.get(input);
    return own ? [...own] : [];
  };
}

function add<Key>(sets: Map<Key, Set<string>>, key: Key, value: string): void {
  const known = sets.get(key) ?? new Set();
  sets.set(key, known.add(value));
}

/** Where a token is: nowhere once it is gone. */
export function presentIn(subject: Subject): Sighting[] {
  return goneSince(subject) === null ? subject.sightings.filter(({ goneAt }) => goneAt === null) : [];
}

function isIn(where: Match = {}, sighting: Sighting): boolean {
  return Object.entries(where).every(([name, wanted]) => fits(placeValue(sighting, name), wanted));
}

function placeValue({ place, input }: Sighting, name: string): Json {
  if (name === 'origin') return place.origin;
  if (name === 'source') return place.source;
  if (name === 'label') return place.label;
  if (name === 'key') return place.key;
  if (name === 'url') return place.url;
  return input ?? null;
}
