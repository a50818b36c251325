import { batch, computed, effect, signal } from '@preact/signals';
import type { Severity } from '../../engine/model/report.ts';
import { isAtLeast as reaches } from '../../engine/model/severity-order.ts';
import { type PatternReader, readTerms, type Term, type Value } from './filter-terms.ts';
import { type FilterWord, plainTexts, tokensOf } from './filter-words.ts';
import { isOfToken } from './find-token.ts';
import type { Row } from './row.ts';

/** Which rows are listed: what the user typed, and the choices beside it. */
export function createFilter() {
  const text = signal('');
  const severity = signal<Severity | null>(null);
  const platform = signal<string | null>(null);
  const isActive = computed(() => text.value.trim() !== '' || severity.value !== null || platform.value !== null);
  let searched: { before: string; query: string } | null = null;
  const patterns = signal<PatternReader>(null);
  const terms = computed(() => readTerms(text.value, patterns.value));

  const keeps = computed(() => {
    const matches = matcherOf(terms.value, text.value);
    const least = severity.value;
    const only = platform.value;
    return (row: Row) =>
      matches(row) && (!least || isAtLeast(row, least)) && (!only || (row.subject.provider?.id ?? 'unknown') === only);
  });

  return {
    text,
    severity,
    platform,
    isActive,
    /** What the text is read as. */
    terms,
    /** Whether a row is listed. */
    keeps,

    /** Loads what reads expressions with the first of them; the returned function ends waiting for one. */
    open: (): (() => void) =>
      effect(() => {
        if (patterns.peek() || !text.value.includes('/')) return;
        void import('./filter-pattern.ts').then(({ readPattern }) => {
          patterns.value = readPattern;
        });
      }),

    /**
     * Takes over what is typed into the search of the surroundings; null when that is closed, which brings back what was typed here
     * before, unless that was changed since.
     */
    search(query: string | null): void {
      if (query === null) {
        if (searched && text.peek() === searched.query) text.value = searched.before;
        searched = null;
      } else {
        searched = { before: searched?.before ?? text.peek(), query };
        text.value = query;
      }
    },

    clear(): void {
      batch(() => {
        text.value = '';
        severity.value = null;
        platform.value = null;
      });
    },
  };
}

export type Filter = ReturnType<typeof createFilter>;

/** A test for rows, made from what the user typed. */
export function parseFilter(text: string, readPattern: PatternReader): (row: Row) => boolean {
  return matcherOf(readTerms(text, readPattern), text);
}

function matcherOf(terms: readonly Term[], text: string): (row: Row) => boolean {
  const asWhole = text.trim().toLowerCase();
  const tried = new WeakMap<Row, boolean>();
  const holds = (row: Row) => terms.every((term) => holdsFor(term, row)) || isWholly(row, asWhole);
  // An expression is not tried twice on a row that has not changed, which keeps its steps for those that have.
  return (row) => {
    const known = tried.get(row) ?? holds(row);
    tried.set(row, known);
    return known;
  };
}

/** A token can hold what would be read as more than one term, or as a word. */
function isWholly(row: Row, asWhole: string): boolean {
  return asWhole.length >= shortestWhole && tokensOf(row).some((token) => isOfToken(token, asWhole));
}

const shortestWhole = 8;

function holdsFor({ word, values, isNegated }: Term, row: Row): boolean {
  if (values.length === 0) return true;
  return values.some((value) => matches(row, word, value)) !== isNegated;
}

function matches(row: Row, word: FilterWord | null, value: Value): boolean {
  const test = testOf(word, value);
  for (const text of word ? word.texts(row) : plainTexts(row)) if (text && test(text)) return true;
  return !word && value.text !== undefined && tokensOf(row).some((token) => isOfToken(token, value.text));
}

function testOf(word: FilterWord | null, { text, pattern }: Value): (text: string) => boolean {
  if (pattern) return pattern;
  if (!word?.known && !word?.isBeginning) return (one) => inOneLine(one.toLowerCase()).includes(text);
  // One that another begins with, as a whole word, means itself.
  if (word.known?.includes(text)) return (one) => one === text;
  return (one) => one.toLowerCase().startsWith(text);
}

/** Breaks and tabs as spaces: they cannot be written in a filter. */
function inOneLine(text: string): string {
  return text.replace(/[\r\n\t]/g, ' ');
}

/** Whether a row has a finding at least as bad as the given severity. What is gone has none that counts. */
export function isAtLeast(row: Row, severity: Severity): boolean {
  return row.goneAt === null && row.worst !== null && reaches(row.worst, severity);
}
