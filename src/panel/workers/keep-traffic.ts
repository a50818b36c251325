import { find } from '../../engine/find/find.ts';
import { withoutNumber } from '../../engine/find/sources/exchange-place.ts';
import { type Exchange, emptyCapture, type Problem } from '../../engine/model/capture.ts';
import type { Sighting } from '../../engine/model/token.ts';
import { countRepeats } from '../../engine/timeline/count-repeats.ts';
import type { Timeline } from '../../engine/timeline/timeline.ts';

/** Sightings in traffic that are listed at most; a token in every request is listed in a few of them. */
const mostListed = 12_000;
/** Documents whose loading is remembered. */
const mostDocuments = 200;
const mostProblems = 100;

/** Searches what requests carried, and keeps what was found: of a token in many of them the first few and a count. */
export function createTrafficKeeper() {
  let known: readonly Sighting[] = [];
  let count = countRepeats(keep);
  let listed = 0;
  let leftOut = 0;
  /** When each document began to be loaded last, in seconds since the epoch, by its URL. */
  const documents = new Map<string, number>();
  const problems = new Map<string, Problem>();

  function keep(sighting: Sighting): Sighting | null {
    if (listed >= mostListed) return null;
    listed += 1;
    return withOwnTexts(sighting);
  }

  /** Others than were told last: some were forgotten meanwhile, or another worker found them. */
  function restore(sightings: readonly Sighting[]): void {
    count = countRepeats(keep);
    listed = 0;
    if (sightings.length === 0) leftOut = 0;
    for (const sighting of sightings) count.add(sighting);
  }

  /** One of a kind tells enough: the next request may have it, too. */
  function noteProblem(problem: Problem): void {
    const kind = `${problem.code} ${withoutNumber(problem.subject ?? '')}`;
    if (problems.size < mostProblems && !problems.has(kind)) problems.set(kind, problem);
  }

  function notice({ isDocument, url, startedAt }: Exchange): void {
    if (!isDocument || startedAt === null) return;
    documents.delete(withoutFragment(url));
    documents.set(withoutFragment(url), startedAt);
    const [oldest] = documents.keys();
    if (documents.size > mostDocuments && oldest !== undefined) documents.delete(oldest);
  }

  return {
    /** What is known after these exchanges. `now` is in seconds since the epoch. */
    take(
      { traffic }: Timeline,
      exchanges: readonly Exchange[],
      now: number,
    ): Pick<Timeline, 'traffic' | 'trafficProblems'> {
      if (traffic !== known) restore(traffic);
      exchanges.forEach(notice);
      const found = find({ ...emptyCapture(now), exchanges: [...exchanges] });
      for (const sighting of found.sightings) if (count.add(sighting) === 'left-out') leftOut += 1;
      for (const problem of found.problems) noteProblem(problem);
      known = count.sightings();
      return { traffic: known, trafficProblems: [...problems.values(), ...leftOutProblems(leftOut)] };
    },

    /** When the document of a URL began to be loaded; null when that was not seen. */
    loadingSince: (url: string): number | null => documents.get(withoutFragment(url)) ?? null,
  };
}

function leftOutProblems(count: number): Problem[] {
  if (count === 0) return [];
  const message = `More than ${mostListed.toLocaleString('en')} places in requests hold tokens; ${count.toLocaleString('en')} more sightings are not listed.`;
  return [{ code: 'many-sightings', message }];
}

const withoutFragment = (url: string) => url.replace(/#.*$/s, '');

/** A copy that holds on to nothing else: a token cut out of a body would keep the whole of it. */
function withOwnTexts(sighting: Sighting): Sighting {
  return JSON.parse(JSON.stringify(sighting)) as Sighting;
}
