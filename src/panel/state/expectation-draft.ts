import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { checkExpectations, type ExpectationResult } from '../../engine/expect/check-expectations.ts';
import {
  type Expectation,
  ExpectationError,
  type Expectations,
  parseExpectation,
  parseExpectations,
} from '../../engine/expect/expectations.ts';
import { expectedWords } from '../../engine/expect/expected-words.ts';
import type { Report } from '../../engine/model/report.ts';
import type { Mistake } from '../../engine/text/checked-json.ts';
import { isObject, type Json, type JsonObject } from '../../engine/text/json.ts';
import { withUnseenSpelled } from '../../engine/text/unseen-characters.ts';

/** What is edited: one of the list, by its place in the file, a new one, or the whole file. */
export type Edited = number | 'new' | 'whole';

export interface DraftOptions {
  of: Edited;
  /** What is expected as it is when the draft begins. */
  file: Expectations;
  /** What a new one says at first. */
  begun: Expectation;
  report: ReadonlySignal<Report>;
}

type Pages = NonNullable<Expectations['pages']>;
type Read<Value> = { value: Value; mistakes: readonly Mistake[] } | { value: null; mistakes: readonly Mistake[] };

/** Longest name that is made of what is expected, in characters. */
const longestName = 300;

/**
 * One expectation, or a file of them, while somebody writes it: as text and as fields, of which each follows the other. Nothing of it is
 * expected before it is taken over.
 */
export function createDraft({ of, file, begun, report }: DraftOptions) {
  const isWhole = of === 'whole';
  const before = of === 'whole' ? file : of === 'new' ? begun : (file.expect[of] ?? begun);
  const first = written(before);
  const text = signal(first);
  const fields = signal<JsonObject>(before as unknown as JsonObject);
  /** Whether the text is what the fields say. */
  const isOfFields = signal(true);
  const marks = createMarks({ of, file, fields, setFields });
  const { read, results } = createReading({ isWhole, text, marks, report });

  function setFields(next: JsonObject): void {
    const named = isWhole ? next : renamed(next, fields.peek(), marks.pages.peek());
    fields.value = named;
    isOfFields.value = true;
    text.value = written(named);
  }

  return {
    of,
    text,
    fields,
    marks,
    /** What is wrong with the text, each with its line and column. */
    mistakes: computed(() => read.value.mistakes),
    /** False while the text that was typed has mistakes: the fields show what it said before. */
    follows: computed(() => isOfFields.value || read.value.value !== null),
    isChanged: computed(() => text.value !== first || (!isWhole && marks.pages.value !== (file.pages ?? none))),
    /** What comes of it on what is on screen; null while it has mistakes. */
    results,

    setText(typed: string): void {
      isOfFields.value = false;
      text.value = typed;
      if (read.peek().value !== null) fields.value = JSON.parse(typed.replace(/^\ufeff/, '')) as JsonObject;
    },

    setFields,

    /** Whether the list has no such expectation any more. */
    isGone: (now: Expectations): boolean =>
      of === 'whole' ? now !== file : typeof of === 'number' && !now.expect.includes(file.expect[of] as Expectation),

    /** What is expected once the draft is taken over, whatever the list has become meanwhile; null while it has mistakes. */
    over(now: Expectations): Expectations | null {
      const { value } = read.peek();
      if (value === null || marks.mistakes.peek().length > 0) return null;
      if (isWhole) return value as Expectations;
      const one = value as Expectation;
      const at = typeof of === 'number' ? now.expect.indexOf(file.expect[of] as Expectation) : -1;
      const marked = marks.over(now);
      const expect =
        at < 0 ? [...marked.expect, one] : marked.expect.map((other, place) => (place === at ? one : other));
      return { ...marked, expect };
    },
  };
}

interface ReadingOptions {
  isWhole: boolean;
  text: ReadonlySignal<string>;
  marks: ReturnType<typeof createMarks>;
  report: ReadonlySignal<Report>;
}

/** What the text says, and what comes of that. */
function createReading({ isWhole, text, marks, report }: ReadingOptions) {
  const read = computed<Read<Expectation | Expectations>>(() =>
    isWhole
      ? attempted(() => parseExpectations(text.value))
      : attempted(() => parseExpectation(text.value, marks.pages.value)),
  );
  const results = computed<readonly ExpectationResult[] | null>(() => {
    const { value } = read.value;
    if (value === null || marks.mistakes.value.length > 0) return null;
    const file = isWhole ? (value as Expectations) : { pages: marks.pages.value, expect: [value as Expectation] };
    return checkExpectations(report.value, file);
  });
  return { read, results };
}

export type Draft = ReturnType<typeof createDraft>;

const none: Pages = {};

interface MarksOptions {
  of: Edited;
  file: Expectations;
  fields: ReadonlySignal<JsonObject>;
  setFields: (next: JsonObject) => void;
}

/** What marks of pages stand for: in the text where that is the whole file, otherwise beside it. */
function createMarks({ of, file, fields, setFields }: MarksOptions) {
  const isWhole = of === 'whole';
  const beside = signal<Pages>(file.pages ?? none);
  const renames: [from: string, to: string][] = [];
  const pages = computed<Pages>(() => (isWhole ? pagesIn(fields.value) : beside.value));
  const others = () => allOf(file).filter((one) => one !== (typeof of === 'number' ? file.expect[of] : null));

  return {
    pages,
    /** What is wrong with them where they are no part of the text, without a line. */
    mistakes: computed<readonly string[]>(() => {
      if (isWhole) return [];
      const { mistakes } = attempted(() => parseExpectations(JSON.stringify({ pages: beside.value, expect: [] })));
      return mistakes.map(({ message }) => message.replace(/^pages\.?/, '').replace(/ \(line \d+, column \d+\)/, ''));
    }),

    /** Takes over what they stand for; one that has another name has it wherever it is named. */
    change(next: Pages, rename?: readonly [from: string, to: string]): void {
      const to = (on: Json) => (rename && on === rename[0] ? rename[1] : on);
      const again = (one: Json): Json => (isObject(one) && one.on !== undefined ? { ...one, on: to(one.on) } : one);
      if (!isWhole) {
        beside.value = next;
        if (rename) renames.push([...rename]);
        // The text is checked by the marks that there are.
        if (rename && fields.peek().on === rename[0]) setFields({ ...fields.peek(), on: rename[1] });
        return;
      }
      const { pages: _, ...rest } = fields.peek();
      const mapped = everywhere(rest, again);
      setFields(Object.keys(next).length > 0 ? { pages: next, ...mapped } : mapped);
    },

    /** Names of the expectations that are about pages of a mark. */
    usersOf(mark: string): string[] {
      if (isWhole)
        return allOf(fields.peek() as unknown as Expectations)
          .filter(({ on }) => on === mark)
          .map(nameIn);
      const users = others().filter(({ on }) => on !== undefined && again(on, renames) === mark);
      return [...(fields.peek().on === mark ? ['this one'] : []), ...users.map(nameIn)];
    },

    /** What is expected with these marks, those that the list has got meanwhile beside them. */
    over(now: Expectations): Expectations {
      const { pages: had, ...rest } = now;
      const since = had === file.pages ? {} : (had ?? {});
      const all = { ...since, ...pages.peek() };
      const mapped = everywhere(rest as unknown as JsonObject, (one) =>
        isObject(one) && typeof one.on === 'string' ? { ...one, on: again(one.on, renames) } : one,
      ) as unknown as Expectations;
      const named = renames.length > 0 ? mapped : (rest as Expectations);
      return Object.keys(all).length > 0 ? { pages: all, ...named } : named;
    },
  };
}

function again(on: string, renames: readonly (readonly [string, string])[]): string {
  return renames.reduce((name, [from, to]) => (name === from ? to : name), on);
}

function nameIn({ name }: Expectation): string {
  return String(name);
}

/** Every expectation of a file, of its steps too, whatever else may be written there. */
function allOf({ expect, steps }: Expectations): Expectation[] {
  const inSteps = Array.isArray(steps) ? steps.flatMap((step) => step?.expect ?? []) : [];
  return [...(Array.isArray(expect) ? expect : []), ...inSteps].filter((one) => isObject(one as unknown as Json));
}

/** A file with each of its expectations made another. */
function everywhere(file: JsonObject, make: (one: Json) => Json): JsonObject {
  const mapped = (list: Json) => (Array.isArray(list) ? list.map(make) : list);
  return Object.fromEntries(
    Object.entries(file).map(([name, value]): [string, Json] => {
      if (name === 'expect') return [name, mapped(value)];
      if (name !== 'steps' || !Array.isArray(value)) return [name, value];
      return [name, value.map((step) => (isObject(step) ? everywhere(step, make) : step))];
    }),
  );
}

function pagesIn({ pages }: JsonObject): Pages {
  if (!isObject(pages)) return none;
  const lists = Object.entries(pages).map(
    ([name, list]) => [name, Array.isArray(list) ? list.map(String) : []] as const,
  );
  return Object.fromEntries(lists);
}

/** A name that says what is expected goes on saying it. */
function renamed(next: JsonObject, before: JsonObject, pages: Pages): JsonObject {
  const isMade = next.name === '' || next.name === nameOf(before, pages);
  const name = isMade ? nameOf(next, pages) : null;
  return name === null ? next : { ...next, name };
}

/** What is expected, in words; null where that cannot be said. */
function nameOf(one: JsonObject, pages: Pages): string | null {
  const { value } = attempted(() => parseExpectation(JSON.stringify({ ...one, name: '-' }), pages));
  return value === null ? null : expectedWords(value, pages).slice(0, longestName);
}

function attempted<Value>(parse: () => Value): Read<Value> {
  try {
    return { value: parse(), mistakes: [] };
  } catch (error) {
    if (!(error instanceof ExpectationError)) throw error;
    return { value: null, mistakes: error.problems };
  }
}

/** JSON in which nothing hides, and that reads as what it was made of. */
function written(value: object): string {
  return withUnseenSpelled(JSON.stringify(value, null, 2), (character) =>
    character === '\n'
      ? character
      : [...Array(character.length).keys()].map((at) => escaped(character.charCodeAt(at))).join(''),
  );
}

function escaped(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
