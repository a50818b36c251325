import { contained } from './contain.ts';
import { type Detection, detect } from './detect.ts';
import type { Capture, Problem, Sighting, Snippet } from './model.ts';
import { pageSecrets } from './page-secrets.ts';
import { sources as allSources } from './sources/index.ts';
import type { Source } from './sources/source.ts';
import { joinSplit, mayBeSignature } from './split-token.ts';
import { wrappingOf } from './wrap.ts';

/**
 * Looks in every place of a capture and lists each occurrence of a token. Pure; never throws on hostile input, and a part
 * that fails takes nothing else along: the problem `unit-failed` names it and the place.
 */
export function find(
  capture: Capture,
  sources: readonly Source[] = allSources,
): { sightings: Sighting[]; problems: Problem[] } {
  const sightings: Sighting[] = [];
  const signatures: Snippet[] = [];
  const problems: Problem[] = [...capture.problems];
  const failures = new Map<string, Problem>();
  for (const source of sources) {
    const tell = (problem: Problem) => failures.set(problem.subject ?? '', problem);
    for (const snippet of contained('source', source.id, [], tell, () => source.snippets(capture))) search(snippet);
  }
  return {
    sightings: sightings.map((sighting) => joinSplit(sighting, signatures)),
    problems: [...problems, ...failures.values()],
  };

  function search(snippet: Snippet) {
    const { place } = snippet;
    const tell = (problem: Problem) => fail(problem, place.label);
    if (mayBeSignature(snippet)) signatures.push(snippet);
    const nothing: Detection = { hits: [], problems: [] };
    const { hits, problems: limits } = contained('search', 'tokens', nothing, tell, () =>
      detect(snippet.text, { key: place.key }),
    );
    // Secrets that make tokens are listed beside them, as notes.
    const secrets = contained('search', 'secrets', [], tell, () => pageSecrets(snippet.text, place.key));
    for (const hit of [...hits, ...secrets]) {
      sightings.push({
        ...hit,
        offset: hit.offset + snippet.start,
        place,
        chunks: snippet.chunks,
        seenAt: snippet.seenAt === undefined ? capture.readAt : snippet.seenAt,
        goneAt: null,
        wrapper: wrappingOf(place, hit, tell),
      });
    }
    for (const limit of limits) {
      if (limit.code === 'unit-failed') tell(limit);
      else problems.push({ ...limit, subject: place.label });
    }
  }

  /** A part that fails in one place probably fails in many: the first is named. */
  function fail(problem: Problem, label: string) {
    const unit = problem.subject ?? '';
    if (!failures.has(unit)) failures.set(unit, { ...problem, subject: `${unit} in ${label}` });
  }
}
