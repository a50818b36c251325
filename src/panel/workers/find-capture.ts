import { decode } from '../../engine/decode.ts';
import { find } from '../../engine/find.ts';
import type { Capture, Token } from '../../engine/model.ts';
import type { Found } from './find-messages.ts';

/** Searches a capture part by part, in the order the engine would, and tells how far it is (0 to 1). */
export function findCapture(capture: Capture, onProgress: (done: number) => void = () => {}): Found {
  const parts = partsOf(capture);
  const total = Math.max(1, charactersOf(capture));
  const found: Found = { sightings: [], problems: [...capture.problems], decoded: [] };
  const decoded = new Map<string, Token>();
  let done = 0;
  for (const part of parts) {
    const { sightings, problems } = find(part);
    for (const sighting of sightings) {
      found.sightings.push(sighting);
      if (!decoded.has(sighting.token)) decoded.set(sighting.token, decode(sighting.token, sighting.form));
    }
    for (const problem of problems) found.problems.push(problem);
    done += charactersOf(part);
    onProgress(Math.min(1, done / total));
  }
  found.decoded = [...decoded];
  return found;
}

/** Cookies stay together, because tokens are cut over several of them. */
function partsOf(capture: Capture): Capture[] {
  const none: Capture = { ...capture, page: null, frames: [], stores: [], cookies: [], texts: [], problems: [] };
  return [
    { ...none, page: capture.page, frames: capture.frames },
    { ...none, cookies: capture.cookies },
    ...capture.stores.map((store) => ({ ...none, stores: [store] })),
    ...capture.texts.map((text) => ({ ...none, texts: [text] })),
  ];
}

/** How much there is to search, in characters. */
export function charactersOf({ page, frames, stores, cookies, texts }: Capture): number {
  let count = page?.url.length ?? 0;
  for (const { url } of frames) count += url.length;
  for (const { value } of cookies) count += value.length;
  for (const { entries } of stores) for (const { text } of entries) count += text.length;
  for (const { text } of texts) count += text.length;
  return count;
}
