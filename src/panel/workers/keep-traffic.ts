import { find } from '../../engine/find/find.ts';
import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import { type Exchange, emptyCapture, type Problem } from '../../engine/model/capture.ts';
import { lastMet } from '../../engine/model/presence.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { countRepeats } from '../../engine/timeline/count-repeats.ts';
import { emptyTraffic, type KnownTraffic } from '../../engine/timeline/timeline.ts';

/** Sightings in traffic that are listed at most; a token in every request is listed in a few of them. */
const mostListed = 12_000;
/** Of those, the share that is left when the list was full: what is gone goes first, then the oldest. */
const leftWhenFull = 3 / 4;
/** Documents whose loading is remembered. */
const mostLoads = 20;
const longestUrl = 4096;
const mostProblems = 100;

/** Searches what requests carried, and keeps what was found: of a token in many of them the first few and a count. */
export function createTrafficKeeper(most = mostListed) {
  let known: KnownTraffic = emptyTraffic;
  let count = countRepeats(keep);
  let listed = 0;

  function keep(sighting: Sighting): Sighting | null {
    if (listed >= most) return null;
    listed += 1;
    return withOwnTexts(sighting);
  }

  /** Counts on from others than were told last: some were forgotten meanwhile, or another worker found them. */
  function takeUp(sightings: readonly Sighting[]): void {
    count = countRepeats(keep);
    listed = 0;
    for (const sighting of sightings) count.add(sighting);
  }

  /** What is known after these exchanges. `now` is in seconds since the epoch. */
  return function take(traffic: KnownTraffic, exchanges: readonly Exchange[], now: number): KnownTraffic {
    let { leftOut } = traffic;
    if (traffic.sightings.length >= most) {
      const left = latest(traffic.sightings, Math.floor(most * leftWhenFull));
      takeUp(left);
      leftOut += traffic.sightings.length - left.length;
    } else if (traffic.sightings !== known.sightings) takeUp(traffic.sightings);
    const found = find({ ...emptyCapture(now), exchanges: [...exchanges] });
    for (const sighting of found.sightings) if (count.add(sighting) === 'left-out') leftOut += 1;
    const problems = withOthers(traffic.problems, found.problems);
    known = { sightings: count.sightings(), problems, leftOut, loads: withLoads(traffic.loads, exchanges) };
    return known;
  };
}

/** So many of those that are there, then of the latest, in their order. */
function latest(sightings: readonly Sighting[], most: number): Sighting[] {
  const met = (sighting: Sighting) => lastMet(sighting) ?? 0;
  const isGone = ({ goneAt }: Sighting) => Number(goneAt !== null);
  const left = new Set([...sightings].sort((a, b) => isGone(a) - isGone(b) || met(b) - met(a)).slice(0, most));
  return sightings.filter((sighting) => left.has(sighting));
}

/** One of a kind tells enough: the next request may have it, too. */
function withOthers(problems: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (found.length === 0) return problems;
  const kindOf = ({ code, subject = '' }: Problem) => `${code} ${withoutNumber(subject)}`;
  const all = new Map([...problems, ...found].reverse().map((problem) => [kindOf(problem), problem]));
  return [...all.values()].reverse().slice(0, mostProblems);
}

function withLoads(loads: KnownTraffic['loads'], exchanges: readonly Exchange[]): KnownTraffic['loads'] {
  const more = exchanges.flatMap(({ isDocument, url, startedAt }) => {
    const [address = ''] = url.split('#', 1);
    return isDocument && startedAt !== null && address.length <= longestUrl ? [[address, startedAt] as const] : [];
  });
  return more.length === 0 ? loads : [...loads, ...more].slice(-mostLoads);
}

/** A copy that holds on to nothing else: a token cut out of a body would keep the whole of it. */
function withOwnTexts(sighting: Sighting): Sighting {
  return JSON.parse(JSON.stringify(sighting)) as Sighting;
}
