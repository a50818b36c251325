import { withoutNumber } from '../find/sources/exchange-place.ts';
import { isMoment, lastMet, latest } from '../model/presence.ts';
import type { Followed, Subject } from '../model/report.ts';
import type { Sighting } from '../model/token.ts';
import { arrivedAt } from './arrived-at.ts';
import { holderOf } from './holder-of.ts';

/** How a token came to a page that keeps it where nobody sees it. */
interface Arrival {
  id: string;
  /** In what it must agree with another to be a version of it: where it came, for whom, for which room, as what. */
  series: string;
  /** Seconds since the epoch: when it came, and when it was last seen anywhere. */
  cameAt: number;
  lastAt: number;
  /** Whether it lies somewhere, or did when that went out of sight. */
  isLying: boolean;
}

/**
 * Which token followed which where nothing is seen of where they lie: it came in the same place of a reply to the same address,
 * for the same holder, room and role, and from then on no request carried the one before. Nobody sees that the page forgot the
 * one before, so this is inferred. By the id of the earlier. A token that names no holder may be anybody's and follows none; one
 * that still lies somewhere, or in a file, can be used from there.
 */
export function followers(subjects: readonly Subject[]): Map<string, Followed> {
  const series = new Map<string, Arrival[]>();
  for (const subject of subjects) {
    const arrival = arrivalOf(subject);
    if (!arrival) continue;
    const known = series.get(arrival.series);
    if (known) known.push(arrival);
    else series.set(arrival.series, [arrival]);
  }
  return new Map([...series.values()].flatMap(successions));
}

function successions(arrivals: readonly Arrival[]): [string, Followed][] {
  if (arrivals.length < 2) return [];
  const inOrder = [...arrivals].sort((a, b) => a.cameAt - b.cameAt);
  return inOrder.slice(1).flatMap((after, index): [string, Followed][] => {
    const before = inOrder[index];
    const isAfter = before && before.cameAt < after.cameAt && before.lastAt <= after.cameAt && !before.isLying;
    return isAfter ? [[before.id, { by: after.id, at: after.cameAt }]] : [];
  });
}

/** By the sightings, which are the same list while nothing of them changes. */
const remembered = new WeakMap<readonly Sighting[], Arrival | null>();

function arrivalOf(subject: Subject): Arrival | null {
  const known = remembered.get(subject.sightings);
  if (known !== undefined) return known;
  const arrival = readArrival(subject);
  remembered.set(subject.sightings, arrival);
  return arrival;
}

/** The first reply that brought a token; null where there is none that tells its time, or nothing says whose it is. */
function readArrival(subject: Subject): Arrival | null {
  const { sightings, facts, token } = subject;
  const holder = holderOf(subject);
  const first = firstReply(sightings);
  if (first === null || holder.who === null || sightings.some(({ input }) => input !== undefined)) return null;
  const cameAt = arrivedAt(first) ?? 0;
  let lastAt = cameAt;
  for (const one of sightings) lastAt = latest(lastAt, latest(lastMet(one), arrivedAt(one))) ?? lastAt;
  const { place, path } = first;
  const where = [place.source, place.url?.replace(/[?#].*$/s, ''), withoutNumber(place.label), path];
  return {
    id: token.id,
    series: JSON.stringify([where, holder, facts.room, facts.roomScope, facts.role]),
    cameAt,
    lastAt,
    isLying: sightings.some(({ goneAt, isOutOfSight, place }) => (goneAt === null || isOutOfSight) && !isMoment(place)),
  };
}

function firstReply(sightings: readonly Sighting[]): Sighting | null {
  let first: Sighting | null = null;
  for (const sighting of sightings) {
    const at = arrivedAt(sighting);
    if (at !== null && (first === null || at < (arrivedAt(first) ?? 0))) first = sighting;
  }
  return first;
}
