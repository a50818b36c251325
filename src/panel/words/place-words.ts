import { encodings } from '../../engine/find/encodings/index.ts';
import { visible } from './visible.ts';

export { goneWords, keptFor, readByWords, readersOf } from '../../engine/words/place-words.ts';

/** Encodings from the outermost to the innermost: "base64, then JSON or JavaScript string 3 times". */
export function encodingWords(ids: readonly string[]): string {
  const runs: { id: string; count: number }[] = [];
  for (const id of ids) {
    const last = runs.at(-1);
    if (last?.id === id) last.count += 1;
    else runs.push({ id, count: 1 });
  }
  return runs.map(({ id, count }) => encodingWord(id) + (count > 1 ? ` ${count} times` : '')).join(', then ');
}

/** What an encoding is called: "percent-encoding". A saved report may name one that this version does not know. */
export function encodingWord(id: string): string {
  return encodings.find((one) => one.id === id)?.name ?? visible(id);
}
