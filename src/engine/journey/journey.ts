import { withoutNumber } from '../find/sources/exchange-place.ts';
import { sourceOf } from '../find/sources/index.ts';
import type { ExchangeFacts, Place } from '../model/capture.ts';
import type { JourneyStep, StepKind } from '../model/journey.ts';
import { journeySteps } from '../model/journey.ts';
import { firstSeen, goneFromSight, isMoment, latest } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import { arrivedAt } from '../timeline/arrived-at.ts';
import { slotOf } from '../timeline/replacements.ts';
import { createParties } from './parties.ts';

/** Steps told of one token at most: a token in many places takes no more and more time to read. */
const mostSteps = 200;
/** Tokens that came back for one, at most. */
const mostExchanged = 20;

/**
 * Where each token went, in order: a step for each thing that was seen of its way, alike ones as one with a count. What was not
 * seen is no step. Pure, and linear in the sightings of all subjects together.
 */
export function createJourneys(subjects: readonly Subject[]): (subject: Subject) => JourneyStep[] {
  const byId = new Map(subjects.map((subject) => [subject.token.id, subject]));
  const handedOut = tokensByExchange(subjects);
  const slots = new Map<string, Set<string>>();

  const followerIn = (subject: Subject, sighting: Sighting): string | null => {
    const next = subject.replacedBy === undefined ? undefined : byId.get(subject.replacedBy);
    if (!next) return null;
    const own = slots.get(next.token.id) ?? new Set(next.sightings.map(slotOf));
    slots.set(next.token.id, own);
    return own.has(slotOf(sighting)) ? next.token.id : null;
  };

  return (subject) => {
    if (subject.journey) return subject.journey;
    const seen = subject.sightings.flatMap((sighting, index) => [
      ...waysTo(sighting, index),
      ...waysFrom(sighting, index, followerIn(subject, sighting)),
      ...exchanges(subject, sighting, index, handedOut),
    ]);
    const ordered = inOrder(inTimeForUse(seen, subject), subject);
    const steps = folded([...withIssue(ordered, subject), ...leaving(subject)], subject);
    const partyOf = createParties(subject);
    return steps.slice(0, mostSteps).map((step) => {
      const party = partyOf(step);
      return party ? { ...step, party } : step;
    });
  };
}

/** How it came to lie where it was seen, the first time and again. */
function waysTo(sighting: Sighting, index: number): JourneyStep[] {
  const { place, seenAt, backAt, more } = sighting;
  const { exchange, call, origin } = place;
  const repeats = more && { count: 1 + more.count, lastAt: latest(seenAt, more.lastAt) };
  if (call) return [{ at: seenAt, step: 'called', from: origin, to: null, sighting: index, ...repeats }];
  if (exchange) {
    return [{ ...stepInTraffic(place, exchange, seenAt), sighting: index, ...repeats }];
  }
  const source = sourceOf(place.source);
  if (!source || source.isWholeFile || source.step === 'none') return [];
  const step = source.step ?? 'stored';
  const first: JourneyStep = { at: seenAt, step, from: place.from ?? null, to: origin, sighting: index };
  return backAt === undefined ? [first] : [first, { ...first, at: backAt }];
}

function stepInTraffic(place: Place, exchange: ExchangeFacts, seenAt: number | null): Omit<JourneyStep, 'sighting'> {
  const { origin, url } = place;
  const { direction, madeBy, isUnsent, isFromWorker } = exchange;
  // The browser itself answers with what the page made, and its service worker with what it likes.
  if (/^(?:data|blob):/i.test(url ?? '') || (isFromWorker && direction === 'received'))
    return { at: seenAt, step: 'received', from: null, to: madeBy };
  if (direction === 'received') return { at: arrivedAt({ place, seenAt }), step: 'received', from: origin, to: madeBy };
  if (isUnsent || isFromWorker)
    return { at: seenAt, step: isUnsent ? 'stopped' : 'diverted', from: madeBy, to: origin };
  const step = isFramed(place, exchange) ? 'framed' : 'sent';
  return { at: seenAt, step, from: madeBy, to: origin };
}

/** Whether it stood in the address that a frame was given; what else is sent for its document is sent. */
function isFramed({ traits }: Place, { isFrame }: ExchangeFacts): boolean {
  return isFrame === true && traits.urlPart !== null;
}

/** An answer that was still coming when the token in it was used had brought it by then. */
function inTimeForUse(steps: readonly JourneyStep[], { sightings }: Subject): JourneyStep[] {
  let usedAt = Number.POSITIVE_INFINITY;
  for (const { step, at } of steps) if (step === 'sent' || step === 'framed') usedAt = Math.min(usedAt, at ?? usedAt);
  return steps.map((one) => {
    const answeredAt = sightings[one.sighting]?.place.exchange?.answeredAt;
    const isEarly = one.step === 'received' && answeredAt !== undefined && answeredAt <= usedAt;
    return isEarly && one.at !== null && one.at > usedAt ? { ...one, at: usedAt } : one;
  });
}

/** How it went from a place at rest; requests are not left, they are over. */
function waysFrom({ place, goneAt, isOutOfSight }: Sighting, index: number, follower: string | null): JourneyStep[] {
  if (goneAt === null || isMoment(place)) return [];
  const gone = { at: goneAt, from: place.origin, to: null, sighting: index };
  if (isOutOfSight) return [{ ...gone, step: 'left' }];
  return [follower === null ? { ...gone, step: 'removed' } : { ...gone, step: 'replaced', for: follower }];
}

/** The page that held it was left, and no place at rest tells so. */
function leaving(subject: Subject): JourneyStep[] {
  const at = goneFromSight(subject.sightings);
  const index = subject.sightings.findLastIndex(({ place }) => isMoment(place));
  const last = subject.sightings[index];
  if (at === null || !last || subject.sightings.some(({ place }) => !isMoment(place))) return [];
  const { exchange, origin } = last.place;
  return [{ at, step: 'removed', from: exchange ? exchange.madeBy : origin, to: null, sighting: index }];
}

/** A token that an answer, or a message of a socket, handed out. */
interface HandedOut {
  id: string;
  at: number | null;
  from: string | null;
  to: string | null;
}

const exchangeOf = ({ place: { exchange, url }, input }: Sighting): string | null =>
  exchange && exchange.name !== '' ? JSON.stringify([input ?? null, exchange.name, exchange.startedAt, url]) : null;

const isAsked = ({ place }: Sighting) => place.exchange?.direction === 'sent';

/** Tokens that were seen first in an answer, by the exchange that it belongs to; what is the same for everybody is no answer to a token. */
function tokensByExchange(subjects: readonly Subject[]): Map<string, HandedOut[]> {
  const found = new Map<string, HandedOut[]>();
  for (const subject of subjects) {
    const first = firstSeen(subject);
    const asked = new Set(subject.sightings.filter(isAsked).map(exchangeOf));
    for (const sighting of subject.sightings) {
      const { place, seenAt } = sighting;
      if (place.exchange?.direction !== 'received' || seenAt !== first || place.traits.isCode) continue;
      const key = exchangeOf(sighting);
      // What the request itself held came back to whoever had it.
      if (key === null || (asked.has(key) && place.exchange.status !== 101)) continue;
      const { at, from, to } = stepInTraffic(place, place.exchange, seenAt);
      const one = { id: subject.token.id, at, from, to };
      const list = found.get(key);
      if (list) list.push(one);
      else found.set(key, [one]);
    }
  }
  return found;
}

/** New tokens that came back in the exchange that carried this one. */
function exchanges(
  subject: Subject,
  sighting: Sighting,
  index: number,
  handedOut: ReadonlyMap<string, readonly HandedOut[]>,
): JourneyStep[] {
  const { exchange } = sighting.place;
  // A document comes with whatever tokens the page needs, for nothing that its address or a cookie held.
  if (exchange?.direction !== 'sent' || exchange.isDocument) return [];
  const { seenAt } = sighting;
  return (handedOut.get(exchangeOf(sighting) ?? '') ?? [])
    .filter(({ id, at }) => id !== subject.token.id && (at ?? 0) >= (seenAt ?? 0))
    .slice(0, mostExchanged)
    .map(({ id, at, from, to }) => ({ at, step: 'exchanged', from, to, sighting: index, for: id }));
}

const rank = (step: StepKind) => journeySteps.indexOf(step);

/**
 * In the order of their times. Looks at a page tell whole seconds, and what they see was there by the end of one; requests tell
 * fractions. What tells no time comes first, as it was there when reading began.
 */
function inOrder(steps: readonly JourneyStep[], { sightings }: Subject): JourneyStep[] {
  const isOfLook = ({ sighting }: JourneyStep) => !isMoment(sightings[sighting]?.place ?? {});
  const when = (step: JourneyStep) => {
    const { at } = step;
    return at === null ? Number.NEGATIVE_INFINITY : isOfLook(step) && Number.isInteger(at) ? at + 0.999 : at;
  };
  return [...steps].sort((a, b) => compare(when(a), when(b)) || rank(a.step) - rank(b.step));
}

const compare = (a: number, b: number) => (a === b ? 0 : a - b);

/** The answer that it came with first, before it was anywhere else, is its issue as far as was seen. */
function withIssue(steps: readonly JourneyStep[], { sightings }: Subject): JourneyStep[] {
  const [first, ...rest] = steps;
  const isAnswer =
    first?.step === 'received' && first.from !== null && sightings[first.sighting]?.place.exchange !== undefined;
  return first && isAnswer ? [{ ...first, step: 'issued' }, ...rest] : [...steps];
}

/** Alike steps as one, where the first of them stood. */
function folded(steps: readonly JourneyStep[], { sightings }: Subject): JourneyStep[] {
  const manner = (index: number) => {
    const place = sightings[index]?.place;
    return place && [place.source, withoutNumber(place.label), place.call?.script];
  };
  const known = new Map<string, JourneyStep>();
  for (const one of steps) {
    const { step, from, to, at, count = 1, lastAt = null } = one;
    // A frame's address is seen twice: when it is asked for, and as it stands.
    const key = JSON.stringify(step === 'framed' ? [step, to] : [step, from, to, one.for, manner(one.sighting)]);
    const earlier = known.get(key);
    if (!earlier) known.set(key, { ...one });
    else if (step !== 'framed') {
      earlier.count = (earlier.count ?? 1) + count;
      earlier.lastAt = latest(earlier.lastAt ?? earlier.at, latest(lastAt, at));
    }
  }
  return [...known.values()];
}
