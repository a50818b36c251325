import type { Capture, Page, Problem, Unsearched } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';
import { keepRecent } from './keep-recent.ts';
import { mergeSightings } from './merge-sightings.ts';

/** Another document took the place of the page, or the same one was loaded again. */
export interface Navigation {
  /** Seconds since the epoch: when the new document was first seen. */
  at: number;
  /** Seconds since the epoch: when it was looked at first. What it does not hold is gone since then. */
  noticedAt: number;
  /** The whole URL of the new document. */
  url: string;
}

/** What is known of a page after the looks so far, and what it held before. */
export interface Timeline {
  /** As it was when it was read last; null when it cannot be read. */
  page: Page | null;
  /** Their URLs. */
  frames: readonly string[];
  /** The document seen last, whether it can be read now or not. */
  document: string | null;
  /** What is there, and what is gone. */
  sightings: readonly Sighting[];
  /** What requests carried. It is gone with the document that they were made for. */
  traffic: readonly Sighting[];
  /** The latest, in order. */
  navigations: readonly Navigation[];
  /** Of the last look. */
  problems: readonly Problem[];
  /** Of the search of requests. */
  trafficProblems: readonly Problem[];
  /** How many that are gone are no longer listed. */
  leftOut: number;
}

export const emptyTimeline: Timeline = {
  page: null,
  frames: [],
  document: null,
  sightings: [],
  traffic: [],
  navigations: [],
  problems: [],
  trafficProblems: [],
  leftOut: 0,
};

/** Navigations kept at most: a page that reloads itself all day takes no more and more memory. */
const mostNavigations = 200;

export interface LookOptions {
  preservesLog: boolean;
  /** When the document began to be loaded, in seconds since the epoch, where its request was seen. */
  loadingSince?: number | null;
}

/** Takes in one more look. Unless the log is preserved, what is gone is forgotten when the page navigates, as in the Network panel. */
export function afterLook(
  timeline: Timeline,
  found: { sightings: readonly Sighting[]; problems: readonly Problem[]; unsearched?: Unsearched },
  capture: Capture,
  { preservesLog, loadingSince = null }: LookOptions,
): Timeline {
  const { page } = capture;
  const document = page ? documentOf(page) : timeline.document;
  const hasNavigated = page !== null && timeline.document !== null && document !== timeline.document;
  const merged = mergeSightings(timeline.sightings, found.sightings, capture, found.unsearched);
  const isForgotten = hasNavigated && !preservesLog;
  const { sightings, leftOut } = isForgotten ? { sightings: merged.filter(isThere), leftOut: 0 } : keepRecent(merged);
  const navigations = isForgotten ? [] : timeline.navigations;
  const since = loadingSince ?? page?.loadedAt ?? 0;
  const isOfDocument = ({ seenAt, more }: Sighting) => (more?.lastAt ?? seenAt ?? since) >= since;
  return {
    page,
    frames: capture.frames.map(({ url }) => url),
    document,
    sightings,
    traffic: hasNavigated
      ? trafficAfter(timeline.traffic, capture.readAt, isOfDocument, preservesLog)
      : timeline.traffic,
    navigations: hasNavigated
      ? [...navigations, { at: page.loadedAt, noticedAt: capture.readAt, url: page.url }].slice(-mostNavigations)
      : navigations,
    problems: found.problems,
    trafficProblems: isForgotten ? [] : timeline.trafficProblems,
    leftOut: isForgotten ? 0 : timeline.leftOut + leftOut,
  };
}

/** A page that cannot be read holds nothing that was seen before. `at` is in seconds since the epoch. */
export function afterLeaving(timeline: Timeline, at: number): Timeline {
  const sightings = timeline.sightings.map((sighting) => goneBy(sighting, at));
  const traffic = timeline.traffic.map((sighting) => goneBy(sighting, at));
  return { ...timeline, ...withRecent(timeline, sightings), traffic, page: null, frames: [], problems: [] };
}

function trafficAfter(
  traffic: readonly Sighting[],
  at: number,
  isOfDocument: (sighting: Sighting) => boolean,
  preservesLog: boolean,
): readonly Sighting[] {
  if (!preservesLog) return traffic.filter(isOfDocument);
  return traffic.map((sighting) => (isOfDocument(sighting) ? sighting : goneBy(sighting, at)));
}

function goneBy(sighting: Sighting, at: number): Sighting {
  return isThere(sighting) ? { ...sighting, goneAt: at } : sighting;
}

export function withoutGone(timeline: Timeline): Timeline {
  return {
    ...timeline,
    sightings: timeline.sightings.filter(isThere),
    traffic: [],
    trafficProblems: [],
    navigations: [],
    leftOut: 0,
  };
}

/** Those of the last look, and that of what is gone not all is kept. */
export function problemsOf({ problems: ofLook, trafficProblems, leftOut }: Timeline): Problem[] {
  const problems = [...ofLook, ...trafficProblems];
  if (leftOut === 0) return problems;
  const them = leftOut === 1 ? '1 earlier token is' : `${leftOut.toLocaleString('en')} earlier tokens are`;
  const message = `${them} no longer listed: of what is gone, the latest of each place are kept.`;
  return [...problems, { code: 'gone-left-out', message }];
}

function withRecent({ leftOut }: Timeline, sightings: readonly Sighting[]): Pick<Timeline, 'sightings' | 'leftOut'> {
  const kept = keepRecent(sightings);
  return { sightings: kept.sightings, leftOut: leftOut + kept.leftOut };
}

/** Everything that was seen, at rest and in motion. */
export function allSightings({ sightings, traffic }: Timeline): readonly Sighting[] {
  return traffic.length === 0 ? sightings : [...sightings, ...traffic];
}

const isThere = ({ goneAt }: Sighting) => goneAt === null;

/** Where the browser does not name documents, one with another address counts as another. */
function documentOf({ documentId, url }: Page): string {
  return documentId ?? url.replace(/[?#].*$/s, '');
}
