import { contained } from '../contain.ts';
import type { Capture, Place, Problem, Snippet, Unsearched } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';
import { type Detection, detect } from './detect.ts';
import { libraryOf } from './library-of.ts';
import { pageSecrets } from './minting-secrets.ts';
import { sources as allSources } from './sources/index.ts';
import type { Source } from './sources/source.ts';
import { createJoiner } from './split-token.ts';

export interface Found {
  sightings: Sighting[];
  problems: Problem[];
  unsearched: Unsearched;
  /** The place of every text that was searched. */
  searched: readonly Place[];
}

/**
 * The parts of a capture: every text in it that is searched, once, in the order a user would look. A source that fails is
 * passed over and told of.
 */
export function partsOf(
  capture: Capture,
  sources: readonly Source[] = allSources,
  tell: (problem: Problem) => void = () => {},
): Snippet[] {
  return sources.flatMap((source) => contained('source', source.id, [], tell, () => source.snippets(capture)));
}

/**
 * Looks in every place of a capture and lists each occurrence of a token. Pure; never throws on hostile input, and a part
 * that fails takes nothing else along: the problem `unit-failed` names it and the place. `onProgress` hears how far the
 * search is (0 to 1), a hundred times at most, at last 1.
 */
export function find(
  capture: Capture,
  sources: readonly Source[] = allSources,
  onProgress: (done: number) => void = () => {},
): Found {
  const failures = new Map<string, Problem>();
  const parts = partsOf(capture, sources, (problem) => failures.set(problem.subject ?? '', problem));
  const failed = sources.filter(({ id }) => failures.has(`source ${id}`)).map(({ id }) => id);
  const places: Place[] = [];
  const found: Found = {
    sightings: [],
    problems: [...capture.problems],
    unsearched: { sources: failed, places },
    searched: parts.map(({ place }) => place),
  };
  const advance = progressOver(parts, onProgress);
  for (const part of parts) {
    if (!searchPart(part, capture.readAt, found, failures)) places.push(part.place);
    advance(part);
  }
  onProgress(1);
  return {
    ...found,
    sightings: found.sightings.map(createJoiner(parts)),
    problems: [...found.problems, ...failures.values()],
  };
}

/** Tells of each hundredth, by characters. */
function progressOver(parts: readonly Snippet[], onProgress: (done: number) => void): (part: Snippet) => void {
  const total = parts.reduce((sum, { text }) => sum + text.length, 0);
  let searched = 0;
  let told = 0;
  return ({ text }) => {
    searched += text.length;
    if (searched - told < total / 100 || searched === total) return;
    told = searched;
    onProgress(searched / total);
  };
}

/** Lists what is found in one text; false when not all of it was searched. */
function searchPart(part: Snippet, readAt: number, found: Found, failures: Map<string, Problem>): boolean {
  const { place } = part;
  let isSearched = true;
  const tell = (problem: Problem) => {
    isSearched = false;
    nameFirst(failures, problem, place.label);
  };
  const nothing: Detection = { hits: [], problems: [] };
  const { hits, problems } = contained('search', 'tokens', nothing, tell, () => detect(part.text, { key: place.key }));
  // Secrets that make tokens are listed beside them, as notes.
  const secrets = contained('search', 'secrets', [], tell, () => pageSecrets(part.text, place.key));
  for (const hit of [...hits, ...secrets]) {
    // The hit last: V8 takes tens of times as long for members that are added to a spread.
    const sighting: Sighting = {
      place,
      chunks: part.chunks,
      seenAt: part.seenAt === undefined ? readAt : part.seenAt,
      goneAt: null,
      library: libraryOf(place, hit, tell),
      ...hit,
    };
    sighting.offset += part.start;
    found.sightings.push(sighting);
  }
  for (const problem of problems) {
    if (problem.code === 'unit-failed') tell(problem);
    else found.problems.push({ ...problem, subject: place.label });
  }
  return isSearched && problems.length === 0;
}

/** A unit that fails in one place probably fails in many: the first is named. */
function nameFirst(failures: Map<string, Problem>, problem: Problem, label: string) {
  const unit = problem.subject ?? '';
  if (!failures.has(unit)) failures.set(unit, { ...problem, subject: `${unit} in ${label}` });
}
