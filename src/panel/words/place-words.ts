import { encodings } from '../../engine/find/encodings/index.ts';
import type { Subject } from '../../engine/model/report.ts';
import { goneTokenWords, goneWordsOfAll } from '../../engine/words/place-words.ts';
import { visible } from './visible.ts';

export {
  goneTokenWords,
  goneWords,
  goneWordsOfAll,
  keptFor,
  readByWords,
  readersOf,
} from '../../engine/words/place-words.ts';

/** What is said of tokens that were found missing: "gone", "out of sight", or "gone or out of sight". */
export function goneRowsWords(rows: readonly { subject: Subject }[]): string {
  return goneWordsOfAll(rows.map(({ subject }) => goneTokenWords(subject)));
}

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
