import { withoutNumber } from '../find/sources/exchange-place.ts';
import { sourceOf } from '../find/sources/index.ts';
import type { ExchangeFacts, Place } from '../model/capture.ts';
import type { JourneyStep, StepKind } from '../model/journey.ts';
import { journeySteps } from '../model/journey.ts';
import { firstSeen, goneSince, latest } from '../model/presence.ts';
import type { Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
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
    const steps = folded([...withIssue(inOrder(seen), subject), ...leaving(subject)], subject);
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
  const { exchange, origin } = place;
  if (exchange) {
    const repeats = more && { count: 1 + more.count, lastAt: latest(seenAt, more.lastAt) };
    return [{ ...stepInTraffic(place, exchange, seenAt), sighting: index, ...repeats }];
  }
  const source = sourceOf(place.source);
  if (!source || source.isWholeFile || source.step === 'none') return [];
  const step = source.step ?? 'stored';
  const first: JourneyStep = { at: seenAt, step, from: place.from ?? null, to: origin, sighting: index };
  return backAt === undefined ? [first] : [first, { ...first, at: backAt }];
}

function stepInTraffic(
  { origin, url }: Place,
  exchange: ExchangeFacts,
  seenAt: number | null,
): Omit<JourneyStep, 'sighting'> {
  const { direction, status, endedAt, madeBy, isDocument, pageUrl } = exchange;
  if (direction === 'received') {
    // A message tells its own time; an answer is there when it has ended.
    const at = status === 101 ? seenAt : (endedAt ?? seenAt);
    return { at, step: 'received', from: origin, to: madeBy };
  }
  const isFrame = isDocument && pageUrl !== null && addressOf(url ?? '') !== addressOf(pageUrl);
  return { at: seenAt, step: isFrame ? 'framed' : 'sent', from: madeBy, to: origin };
}

const addressOf = (url: string) => url.split(/[?#]/, 1)[0];

/** How it went from a place at rest; requests are not left, they are over. */
function waysFrom({ place, goneAt }: Sighting, index: number, follower: string | null): JourneyStep[] {
  if (goneAt === null || place.exchange) return [];
  const gone = { at: goneAt, from: place.origin, to: null, sighting: index };
  return [follower === null ? { ...gone, step: 'removed' } : { ...gone, step: 'replaced', for: follower }];
}

/** The page that held it was left, and no place at rest tells so. */
function leaving(subject: Subject): JourneyStep[] {
  const at = goneSince(subject);
  const index = subject.sightings.findLastIndex(({ place }) => place.exchange !== undefined);
  const last = subject.sightings[index];
  if (at === null || !last || subject.sightings.some(({ place }) => !place.exchange)) return [];
  return [{ at, step: 'removed', from: last.place.exchange?.madeBy ?? null, to: null, sighting: index }];
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

/** Tokens that were seen first in an answer, by the exchange that it belongs to. */
function tokensByExchange(subjects: readonly Subject[]): Map<string, HandedOut[]> {
  const found = new Map<string, HandedOut[]>();
  for (const subject of subjects) {
    const first = firstSeen(subject);
    for (const sighting of subject.sightings) {
      const { place, seenAt } = sighting;
      if (place.exchange?.direction !== 'received' || seenAt !== first) continue;
      const key = exchangeOf(sighting);
      if (key === null) continue;
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
function inOrder(steps: readonly JourneyStep[]): JourneyStep[] {
  const when = ({ at, step }: JourneyStep) =>
    at === null ? Number.NEGATIVE_INFINITY : isOfLook(step) && Number.isInteger(at) ? at + 0.999 : at;
  return [...steps].sort((a, b) => compare(when(a), when(b)) || rank(a.step) - rank(b.step));
}

const isOfLook = (step: StepKind) => step === 'stored' || step === 'removed' || step === 'replaced';
const compare = (a: number, b: number) => (a === b ? 0 : a - b);

/** The answer that it came with first, before it was anywhere else, is its issue as far as was seen. */
function withIssue(steps: readonly JourneyStep[], { sightings }: Subject): JourneyStep[] {
  const [first, ...rest] = steps;
  const isAnswer = first?.step === 'received' && sightings[first.sighting]?.place.exchange !== undefined;
  return first && isAnswer ? [{ ...first, step: 'issued' }, ...rest] : [...steps];
}

/** Alike steps as one, where the first of them stood. */
function folded(steps: readonly JourneyStep[], { sightings }: Subject): JourneyStep[] {
  const manner = (index: number) => {
    const place = sightings[index]?.place;
    return place && [place.source, withoutNumber(place.label)];
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
