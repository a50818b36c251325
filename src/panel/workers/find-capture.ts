import { decode } from '../../engine/decode/decode.ts';
import { find } from '../../engine/find/find.ts';
import type { Capture } from '../../engine/model/capture.ts';
import type { Token } from '../../engine/model/token.ts';
import type { Found } from './find-messages.ts';

/** Searches a capture, decodes what it holds, and tells how far the search is (0 to 1). */
export function findCapture(capture: Capture, onProgress: (done: number) => void = () => {}): Found {
  const { sightings, problems } = find(capture, undefined, onProgress);
  const decoded = new Map<string, Token>();
  for (const { token, form } of sightings) if (!decoded.has(token)) decoded.set(token, decode(token, form));
  return { sightings, problems, decoded: [...decoded] };
}
