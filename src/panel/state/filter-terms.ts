import type { Pattern, ReadPattern } from './filter-pattern.ts';
import { type FilterWord, filterWord } from './filter-words.ts';

/** One condition of a filter, and where it is written. */
export interface Term {
  start: number;
  end: number;
  isNegated: boolean;
  /** Null for what is looked for as it stands. */
  word: FilterWord | null;
  /** Any of them is enough. None in a term that is not written to its end, which leaves out nothing. */
  values: Value[];
  /** Why it does not do what it seems to, as a clause; null where it does. */
  problem: string | null;
}

export type Value = {
  /** In the text of the filter. */
  start: number;
  end: number;
} & ({ text: string; pattern?: undefined } | { pattern: Pattern; text?: undefined });

/** A filter longer than this is read as far as that. A token pasted whole may be long. */
const longest = 100_000;
const mostTerms = 50;

/** Of what comes after as many terms or characters as are read. */
export const unread = 'the rest of the filter is not read';

/** The name of a credential in front of it, as in a header that somebody copied. */
const credentialName = /^\s*(?:authorization:\s*)?bearer\s+(?=\S{16})/i;

/** Reads expressions; null while what does is not there, until when they leave out nothing. */
export type PatternReader = ((source: string) => ReadPattern) | null;

/** Terms of what somebody typed: `daily -role:host place:cookie,url "daily standup" /room-\d+/`. */
export function readTerms(given: string, readPattern: PatternReader): Term[] {
  const text = given.slice(0, longest);
  const terms: Term[] = [];
  let at = credentialName.exec(text)?.[0].length ?? 0;
  while (terms.length < mostTerms) {
    while (isSpace(text[at])) at += 1;
    if (at >= text.length) break;
    const term = readTerm(text, at, readPattern);
    terms.push(term);
    at = term.end;
  }
  if (given.slice(at).trim() !== '')
    terms.push({ start: at, end: given.length, isNegated: false, word: null, values: [], problem: unread });
  return terms;
}

function readTerm(text: string, start: number, readPattern: PatternReader): Term {
  const isNegated = text[start] === '-';
  const from = isNegated ? start + 1 : start;
  const name = /^([a-z]+):/i.exec(text.slice(from, from + 20))?.[1];
  const word = name === undefined ? null : (filterWord(name.toLowerCase()) ?? null);
  const { values, end, problem } = readValues(text, word && name ? from + name.length + 1 : from, {
    isList: word !== null,
    readPattern,
  });
  const isUnknown = name !== undefined && !word && isLikeWord(text.slice(from + name.length + 1, end));
  return {
    start,
    end,
    isNegated,
    word,
    values,
    problem: isUnknown ? `“${name}:” is no word of the filter` : (problem ?? unknownValue(word, values)),
  };
}

/** Addresses and ports have a colon, too: `https://…`, `localhost:3000`. */
function isLikeWord(rest: string): boolean {
  return !rest.startsWith('//') && !/^\d{2,5}(?:\/|$)/.test(rest);
}

interface How {
  isList: boolean;
  readPattern: PatternReader;
}

interface Values {
  values: Value[];
  end: number;
  problem: string | null;
}

/** Values up to the next space; those of a word are parted by commas. */
function readValues(text: string, start: number, how: How): Values {
  const values: Value[] = [];
  let at = start;
  for (;;) {
    const pattern = patternAt(text, at, how);
    const read = pattern ?? plainAt(text, at, how);
    if (read.problem) return { values, end: read.end, problem: read.problem };
    if (read.value) values.push(read.value);
    at = read.end;
    if (!(how.isList && text[at] === ',')) return { values, end: at, problem: null };
    at += 1;
  }
}

interface ReadValue {
  value: Value | null;
  end: number;
  problem: string | null;
}

/** An expression between slashes, the last of which ends the term or the value; null where there is none. */
function patternAt(text: string, start: number, { isList, readPattern }: How): ReadValue | null {
  if (text[start] !== '/') return null;
  const [close, end] = closingSlash(text, start + 1, isList) ?? [];
  if (close === undefined || end === undefined || close === start + 1) return null;
  if (!readPattern) return { value: null, end, problem: null };
  const { test, problem } = readPattern(text.slice(start + 1, close));
  return problem === null
    ? { value: { start, end, pattern: test }, end, problem: null }
    : { value: null, end, problem: `${text.slice(start, end)} is no expression: ${problem}` };
}

/** More than the longest expression, so that one that is too long is told to be. */
const longestPattern = 600;

/** Where the slash is that ends an expression, and where its flags end. In a list, a comma ends it as a space does. */
function closingSlash(text: string, from: number, isList: boolean): [close: number, end: number] | null {
  const last = Math.min(text.length, from + longestPattern);
  for (let at = from; at < last; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '/') {
      let end = at + 1;
      while (/[a-z]/.test(text[end] ?? '')) end += 1;
      if (end >= text.length || isSpace(text[end]) || (isList && text[end] === ',')) return [at, end];
    }
  }
  return null;
}

function plainAt(text: string, start: number, { isList }: How): ReadValue {
  let at = start;
  let value = '';
  while (at < text.length && !isSpace(text[at]) && !(isList && text[at] === ',')) {
    if (text[at] !== '"') {
      value += text[at];
      at += 1;
      continue;
    }
    const { inside, end } = quotedAt(text, at + 1);
    value += inside;
    at = end;
  }
  const end = Math.min(at, text.length);
  return { value: value === '' ? null : { start, end, text: value.toLowerCase() }, end, problem: null };
}

/** What stands in quotes, where a backslash before a quote or another backslash means that itself. */
function quotedAt(text: string, start: number): { inside: string; end: number } {
  let inside = '';
  let at = start;
  for (; at < text.length && text[at] !== '"'; at += 1) {
    if (text[at] === '\\' && /["\\]/.test(text[at + 1] ?? '')) at += 1;
    inside += text[at];
  }
  return { inside, end: at + 1 };
}

function unknownValue(word: FilterWord | null, values: readonly Value[]): string | null {
  const { known } = word ?? {};
  if (!known) return null;
  const unknown = values.find(({ text }) => text !== undefined && !known.some((one) => one.startsWith(text)));
  return unknown ? `“${word?.name}:” knows ${known.join(', ')}` : null;
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character);
}

/** A value as it is written in a filter: in quotes where it would be read as more than one, or as something else. */
export function written(value: string): string {
  const plain = value.replace(/[\r\n\t]/g, ' ');
  return /[\s,"]|^[-/]|^$/.test(plain) ? `"${plain.replace(/["\\]/g, '\\$&')}"` : plain;
}

/** Terms that do not do what they seem to, for the eye and in words. */
export function problemsOf(terms: readonly Term[]): { start: number; end: number; says: string }[] {
  return terms.flatMap(({ start, end, problem, values }) => {
    if (problem !== null) return [{ start, end, says: problem }];
    const isSpent = values.some(({ pattern }) => pattern?.isSpent());
    return isSpent ? [{ start, end, says: 'this expression takes too long: some rows were not tried' }] : [];
  });
}
