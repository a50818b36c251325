import { masked } from '../words/masked.ts';
import { readTerms, written } from './filter-terms.ts';
import { type FilterWord, filterWord, filterWords } from './filter-words.ts';
import type { Row } from './row.ts';

export interface Completion {
  /** What the filter would be. */
  text: string;
  /** Where one would go on writing. */
  caret: number;
  /** What is offered: `platform:`, `daily`. */
  offer: string;
  /** What it means; empty where it speaks for itself. */
  means: string;
  /** Rows that say so; null for a word. */
  count: number | null;
}

/** Offered at once. */
const most = 12;
/** Rows looked at for what could be written. */
const mostRows = 2000;
/** What is longer is not worth offering. */
const longestOffer = 80;

/** What could be written where somebody is writing: words of the filter, or what the rows have to say to one. */
export function completionsAt(text: string, caret: number, rows: readonly Row[]): Completion[] {
  const term = readTerms(text, null).find(({ start, end }) => start < caret && caret <= end);
  const start = term?.start ?? caret;
  const typed = text.slice(start, caret);
  const [, minus = '', name, , begun = ''] = /^(-?)(?:([a-z]+)(:))?(.*)$/is.exec(typed) ?? [];
  const word = name === undefined ? undefined : filterWord(name.toLowerCase());
  const replace = (from: number, offer: string, isWhole: boolean) => {
    const after = text.slice(term?.end ?? caret);
    const gap = isWhole && !/^\s/.test(after) ? ' ' : '';
    return { text: text.slice(0, from) + offer + gap + after, caret: from + offer.length + (isWhole ? 1 : 0) };
  };
  if (word) {
    const from = start + typed.length - lastValue(begun).length;
    const values = valuesOf(word, lastValue(begun), rows);
    // What is written already is not offered.
    if (values.length === 1 && values[0]?.value.toLowerCase() === lastValue(begun).toLowerCase()) return [];
    return values.map(({ value, count }) => ({
      ...replace(from, written(value), true),
      offer: value,
      means: '',
      count,
    }));
  }
  return wordsLike(name === undefined ? begun : `${name}:${begun}`).map(({ name: offered, means }) => ({
    ...replace(start + minus.length, `${offered}:`, false),
    offer: `${offered}:`,
    means,
    count: null,
  }));
}

/** What is typed of the last of several values. */
function lastValue(typed: string): string {
  return typed.slice(typed.lastIndexOf(',') + 1);
}

/** Those that begin so, then those that hold it. */
function wordsLike(typed: string): FilterWord[] {
  const part = typed.toLowerCase();
  const begin = filterWords.filter(({ name }) => name.startsWith(part));
  const hold = part.length < 2 ? [] : filterWords.filter((one) => !begin.includes(one) && one.name.includes(part));
  return [...begin, ...hold];
}

/** What rows have to say to a word, the most frequent first; all that is known where it is a short list. */
function valuesOf(word: FilterWord, typed: string, rows: readonly Row[]): { value: string; count: number }[] {
  const part = typed.replace(/\\(["\\])|"/g, '$1').toLowerCase();
  // An id and a name that differ in nothing but their case are one.
  const counts = new Map((word.known ?? []).map((known) => [known, { value: known, count: 0 }]));
  for (const row of rows.slice(0, mostRows)) {
    const texts = [...word.texts(row)].flatMap((text) => (text && text.length <= longestOffer ? [text] : []));
    for (const [key, value] of new Map(texts.map((text) => [text.toLowerCase(), text]))) {
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { value, count: 1 });
    }
  }
  const all = [...counts.values()]
    .filter(({ value }) => value.toLowerCase().includes(part))
    .sort((a, b) => Number(begins(b.value, part)) - Number(begins(a.value, part)) || b.count - a.count);
  const offered: typeof all = [];
  for (const one of all.slice(0, mostRows)) {
    // What would not be shown as it is cannot be offered: it holds a token, or what is not seen.
    if (masked(one.value) === one.value) offered.push(one);
    if (offered.length === most) break;
  }
  return offered;
}

function begins(value: string, part: string): boolean {
  return value.toLowerCase().startsWith(part);
}
