import type { Capture, ExchangeFacts, Page, Problem, Unsearched } from '../model/capture.ts';
import type { Look, LookedPlace } from '../model/looked-at.ts';
import { goneSince, isCarriedAfter, isMoment, lastMet } from '../model/presence.ts';
import type { Sighting } from '../model/token.ts';
import { byToken } from './by-token.ts';
import { keepRecent } from './keep-recent.ts';
import { mergeSightings, withdrawnProblems } from './merge-sightings.ts';
import { withUnshown } from './unshown-cookies.ts';

/** Another document took the place of the page, or the same one was loaded again. */
export interface Navigation {
  /** Seconds since the epoch: when the new document was first seen. */
  at: number;
  /** Seconds since the epoch: when it was looked at first. What it does not hold is gone since then. */
  noticedAt: number;
  /** The whole URL of the new document. */
  url: string;
}

/** A document that another took the place of. Times are in seconds since the epoch. */
export interface LeftDocument {
  loadedAt: number;
  /** When the next one was looked at first. */
  noticedAt: number;
}

/** What is known of a page after the looks so far, and what it held before. */
export interface Timeline {
  /** As it was when it was read last; null when it cannot be read. */
  page: Page | null;
  /** Their URLs. */
  frames: readonly string[];
  /** The document seen last, whether it can be read now or not. */
  document: string | null;
  /** The document before it; null before the first navigation. */
  left: LeftDocument | null;
  /** What is there, and what is gone. */
  sightings: readonly Sighting[];
  /** Where the last look looked. */
  looks: readonly LookedPlace[];
  traffic: KnownTraffic;
  /** The latest, in order. */
  navigations: readonly Navigation[];
  /** Of the last look. */
  problems: readonly Problem[];
  /** How many that are gone are no longer listed. */
  leftOut: number;
}

/** What is known of the page's requests. */
export interface KnownTraffic {
  /** What they carried. It is gone with the document that they were made for. */
  sightings: readonly Sighting[];
  /** Which were searched, of the document that is there. */
  looks: readonly Look[];
  /** Of their search, one of a kind. */
  problems: readonly Problem[];
  /** How many sightings are not listed, for want of room, or no longer. */
  leftOut: number;
  /** Requests for documents, in the order they became known. */
  loads: readonly Load[];
  /** Requests that may not have ended, the latest last. */
  open: readonly OpenRequest[];
}

/** A request for the document of a page or a frame. URLs are without their fragments. */
export interface Load {
  /** As its exchange is called. */
  name?: string;
  url: string;
  /** Where its answer sent the browser on to; null when it did not. */
  to: string | null;
  /** Seconds since the epoch: when it was made. */
  at: number;
}

/** What was asked in a request of which more may be told. */
export interface OpenRequest extends Pick<ExchangeFacts, 'name' | 'madeBy' | 'hasCredentials' | 'asked'> {
  isSocket: boolean;
}

export const emptyTraffic: KnownTraffic = { sightings: [], looks: [], problems: [], leftOut: 0, loads: [], open: [] };

export const emptyTimeline: Timeline = {
  page: null,
  frames: [],
  document: null,
  left: null,
  sightings: [],
  looks: [],
  traffic: emptyTraffic,
  navigations: [],
  problems: [],
  leftOut: 0,
};

/** Navigations kept at most: a page that reloads itself all day takes no more and more memory. */
const mostNavigations = 200;

/** Takes in one more look. Unless the log is preserved, what is gone is forgotten when the page navigates, as in the Network panel. */
export function afterLook(
  timeline: Timeline,
  found: {
    sightings: readonly Sighting[];
    problems: readonly Problem[];
    unsearched?: Unsearched;
    looks?: readonly LookedPlace[];
  },
  capture: Capture,
  { preservesLog }: { preservesLog: boolean },
): Timeline {
  const { page } = capture;
  const document = page ? documentOf(page) : timeline.document;
  const hasNavigated = page !== null && timeline.document !== null && document !== timeline.document;
  const merged = mergeSightings(timeline.sightings, found.sightings, capture, found.unsearched);
  const isForgotten = hasNavigated && !preservesLog;
  const left = hasNavigated ? { loadedAt: timeline.page?.loadedAt ?? 0, noticedAt: capture.readAt } : timeline.left;
  const carried =
    hasNavigated && left
      ? trafficAfter(timeline.traffic, left, askedSince(timeline.traffic.loads, page, left.loadedAt), preservesLog)
      : timeline.traffic;
  const sightings = withUnshown(carried.sightings, merged, capture);
  const traffic = sightings === carried.sightings ? carried : { ...carried, sightings };
  const kept = isForgotten
    ? { sightings: merged.filter(isThere), traffic, leftOut: 0 }
    : withRecent({ ...timeline, sightings: merged, traffic });
  const navigations = isForgotten ? [] : timeline.navigations;
  return {
    page,
    frames: capture.frames.map(({ url }) => url),
    document,
    left,
    ...kept,
    looks: found.looks ?? [],
    navigations: hasNavigated
      ? [...navigations, navigationTo(page, capture.readAt)].slice(-mostNavigations)
      : navigations,
    problems: [...found.problems, ...withdrawnProblems(kept.sightings)],
  };
}

/** What lies in a document was not there before it: looks are counted in whole seconds. */
function navigationTo({ url, loadedAt }: Page, readAt: number): Navigation {
  return { at: Math.min(loadedAt, readAt), noticedAt: readAt, url };
}

/** A page that cannot be read holds nothing that was seen before. `at` is in seconds since the epoch. */
export function afterLeaving(timeline: Timeline, at: number): Timeline {
  const goneNow = (sighting: Sighting): Sighting =>
    isThere(sighting) && !isMoment(sighting.place)
      ? { ...goneBy(sighting, at), isOutOfSight: true }
      : goneBy(sighting, at);
  const { traffic } = timeline;
  return {
    ...timeline,
    ...withRecent({
      sightings: timeline.sightings.map(goneNow),
      traffic: { ...traffic, sightings: traffic.sightings.map(goneNow), looks: [] },
      leftOut: timeline.leftOut,
    }),
    looks: [],
    page: null,
    frames: [],
    problems: [],
  };
}

/** Takes in requests. What comes late of a document that was left is gone with it, or forgotten. */
export function afterTraffic(
  timeline: Timeline,
  traffic: KnownTraffic,
  { preservesLog }: { preservesLog: boolean },
): Timeline {
  const { page, left } = timeline;
  if (!page || !left) return { ...timeline, traffic };
  const asked = askedSince(traffic.loads, page, left.loadedAt);
  const { since } = asked;
  // While its own load is not known, nothing tells its requests from those of the one before.
  const isOld = (one: Sighting) => isThere(one) && isOfBefore(one, asked);
  if (since === page.loadedAt || !(traffic.sightings.some(isOld) || traffic.looks.some((one) => isBefore(one, since))))
    return { ...timeline, traffic };
  const { problems, leftOut } = traffic;
  return { ...timeline, traffic: { ...trafficAfter(traffic, left, asked, preservesLog), problems, leftOut } };
}

/**
 * What was made for the document before is gone, or forgotten.
 *
 * @param asked how the next one was asked for
 */
function trafficAfter(
  traffic: KnownTraffic,
  { noticedAt }: LeftDocument,
  asked: Asked,
  preservesLog: boolean,
): KnownTraffic {
  const looks = traffic.looks.filter((look) => !isBefore(look, asked.since));
  if (!preservesLog) {
    const sightings = traffic.sightings.filter((sighting) => !isOfBefore(sighting, asked));
    return { ...traffic, sightings, looks, problems: [], leftOut: 0 };
  }
  const sightings = traffic.sightings.map((one) => (isOfBefore(one, asked) ? goneBy(one, noticedAt) : one));
  return { ...traffic, sightings, looks };
}

/** How a document was asked for. */
interface Asked {
  /** In seconds since the epoch. */
  since: number;
  /** Its own requests, by their names. */
  names: ReadonlySet<string>;
}

/** When a request began is told again with its answer, and may differ a little: the document's own is known by its name. */
function isOfBefore(sighting: Sighting, { since, names }: Asked): boolean {
  return isBefore(sighting, since) && !names.has(sighting.place.exchange?.name ?? '');
}

function isBefore(seen: Pick<Sighting, 'seenAt' | 'more'>, since: number): boolean {
  return (lastMet(seen) ?? since) < since;
}

/**
 * When the first request for a document was made, redirects included, in seconds since the epoch. One that came back without a
 * request, out of the browser's memory, is there since it took the page over.
 *
 * @param after that a document which was asked for before is another
 */
function askedSince(loads: readonly Load[], { url, loadedAt }: Page, after: number): Asked {
  let [address = ''] = url.split('#', 1);
  let since = loadedAt;
  const names = new Set<string>();
  for (const load of [...loads].reverse()) {
    if (load.at < after || load.at > since || (load.url !== address && load.to !== address)) continue;
    address = load.url;
    since = load.at;
    if (load.name) names.add(load.name);
  }
  return { since, names };
}

/** Looks are counted in whole seconds, requests in parts of them: nothing is gone before it was met. */
function goneBy(sighting: Sighting, at: number): Sighting {
  return isThere(sighting) ? { ...sighting, goneAt: Math.max(at, lastMet(sighting) ?? at) } : sighting;
}

export function withoutGone(timeline: Timeline): Timeline {
  const goneTokens = tokensGone(allSightings(timeline));
  const isKept = (sighting: Sighting) => isThere(sighting) && !goneTokens.has(sighting.token);
  return {
    ...timeline,
    sightings: timeline.sightings.filter(isKept),
    traffic: { ...timeline.traffic, sightings: timeline.traffic.sightings.filter(isKept), problems: [], leftOut: 0 },
    navigations: [],
    leftOut: 0,
  };
}

function tokensGone(sightings: readonly Sighting[]): Set<string> {
  const groups = [...byToken(sightings)];
  return new Set(groups.flatMap(([token, all]) => (goneSince({ sightings: all }) === null ? [] : [token])));
}

/** Those of the last look, and that of what is gone not all is kept. */
export function problemsOf({ problems: ofLook, traffic, leftOut }: Timeline): Problem[] {
  const problems = [...ofLook, ...traffic.problems, ...leftOutOf(traffic)];
  if (leftOut === 0) return problems;
  const them = leftOut === 1 ? '1 earlier token is' : `${leftOut.toLocaleString('en')} earlier tokens are`;
  const message = `${them} no longer listed: of what is gone, the latest of each place are kept.`;
  return [...problems, { code: 'gone-left-out', message }];
}

function leftOutOf({ leftOut }: KnownTraffic): Problem[] {
  if (leftOut === 0) return [];
  const them = leftOut === 1 ? '1 place in a request is' : `${leftOut.toLocaleString('en')} places in requests are`;
  const message = `${them} not listed: of the places in which requests carried tokens, the latest are kept.`;
  return [{ code: 'many-sightings', message }];
}

type Held = Pick<Timeline, 'sightings' | 'traffic' | 'leftOut'>;

/** Of a token that is no longer listed where it lay, requests that carried it before it left are not listed either. */
function withRecent({ sightings, traffic, leftOut }: Held): Held {
  const kept = keepRecent(sightings);
  if (kept.leftOut === 0) return { sightings: kept.sightings, traffic, leftOut };
  const listed = new Set(kept.sightings.map(({ token }) => token));
  const left = new Map<string, number>();
  for (const { token, goneAt } of sightings)
    if (!listed.has(token)) left.set(token, Math.max(left.get(token) ?? 0, goneAt ?? 0));
  const carried = traffic.sightings.filter((sighting) => {
    const at = left.get(sighting.token);
    return at === undefined || isCarriedAfter(sighting, at);
  });
  const isSame = carried.length === traffic.sightings.length;
  return {
    sightings: kept.sightings,
    traffic: isSame ? traffic : { ...traffic, sightings: carried },
    leftOut: leftOut + kept.leftOut,
  };
}

/** Everything that was seen, at rest and in motion. */
export function allSightings({ sightings, traffic }: Timeline): readonly Sighting[] {
  return traffic.sightings.length === 0 ? sightings : [...sightings, ...traffic.sightings];
}

const isThere = ({ goneAt }: Sighting) => goneAt === null;

/** Where the browser does not name documents, one with another address counts as another. */
function documentOf({ documentId, url }: Page): string {
  return documentId ?? url.replace(/[?#].*$/s, '');
}
