import { detect } from './detect.ts';
import type { Capture, Problem, Sighting, Snippet } from './model.ts';
import { pageSecrets } from './page-secrets.ts';
import { sources } from './sources/index.ts';
import { joinSplit, mayBeSignature } from './split-token.ts';
import { wrappingOf } from './wrap.ts';

/** Looks in every place of a capture and lists each occurrence of a token. Pure; never throws on hostile input. */
export function find(capture: Capture): { sightings: Sighting[]; problems: Problem[] } {
  const sightings: Sighting[] = [];
  const signatures: Snippet[] = [];
  const problems: Problem[] = [...capture.problems];
  for (const source of sources) {
    for (const snippet of source.snippets(capture)) {
      if (mayBeSignature(snippet)) signatures.push(snippet);
      const { hits, problems: limits } = detect(snippet.text, { key: snippet.place.key });
      // Secrets that make tokens are listed beside them, as notes.
      for (const hit of [...hits, ...pageSecrets(snippet.text, snippet.place.key)]) {
        sightings.push({
          ...hit,
          offset: hit.offset + snippet.start,
          place: snippet.place,
          chunks: snippet.chunks,
          seenAt: snippet.seenAt === undefined ? capture.readAt : snippet.seenAt,
          goneAt: null,
          wrapper: wrappingOf(snippet.place, hit),
        });
      }
      problems.push(...limits.map((limit) => ({ ...limit, subject: snippet.place.label })));
    }
  }
  return { sightings: sightings.map((sighting) => joinSplit(sighting, signatures)), problems };
}
