import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { ExpectationResult } from '../../engine/expect/check-expectations.ts';
import type { Expectation, Expectations as ExpectationFile } from '../../engine/expect/expectations.ts';
import type { Finding, Report } from '../../engine/model/report.ts';
import type { Listed, MadeOrDoubted } from '../chunks/expecting.ts';
import type { Draft, Edited } from './expectation-draft.ts';
import type { PagesChoice, pagesChosen } from './expected-pages.ts';
import { looksLikeLock } from './lock-check.ts';
import { missingIn } from './missing-in.ts';

export type { ExpectationResult };

type Checking = typeof import('../chunks/expecting.ts');

/** Makes expectations, or tells what is wrong with what they would take for right, beside what the user was told of. */
type Making = (code: Checking, told: readonly Finding[], about: ReturnType<typeof pagesChosen>) => MadeOrDoubted;

export interface Editing {
  of: Edited;
  draft?: Draft;
  /** Whose button gets the focus when it ends; that of what was edited, where it is left out. */
  back?: Edited;
}

export interface ExpectationOptions {
  /** What is expected, and which pages its marks stand for. */
  expected: Signal<ExpectationFile>;
  /** One result for each, in order, about what is on screen. */
  results: ReadonlySignal<readonly ExpectationResult[]>;
  report: ReadonlySignal<Report>;
  /** Address of the page on screen; null where it has none, or files are shown. */
  pageUrl: ReadonlySignal<string | null>;
  /** Whose page the user says it is. */
  mark: ReadonlySignal<string | null>;
  /** The rows that a filter keeps; null where none is set. */
  filtered: () => readonly Listed[] | null;
  /** False while tokens were found that are not judged yet. */
  isWhole: ReadonlySignal<boolean>;
  save: (file: { name: string; type: string; text: string }) => Promise<void>;
  say: (sentence: string) => void;
  fail: (what: string, error: unknown) => void;
  /** Opens a lock file, which is checked beside the list. */
  openLock: (name: string, text: string) => Promise<void>;
  loadChecking?: () => Promise<Checking>;
}

/** Longest expectation file that is read, in bytes. */
const largest = 1 << 20;

/** A list of expectations the user opens or makes, checked against every report. */
export function createExpectations(options: ExpectationOptions) {
  const { expected, loadChecking = () => import('../chunks/expecting.ts') } = options;
  const list = computed(() => expected.value.expect);
  const fileName = signal('expectations.json');
  const isSaved = signal(true);
  const keptFor = signal<string | null>(null);
  const failedInRun = signal(0);
  const takes = signal<((made: readonly Expectation[]) => string) | null>(null);
  /** Empty while a list that changed is not checked yet. */
  const results = computed(() => (options.results.value.length === list.value.length ? options.results.value : []));

  function change(next: Expectation[], pages = expected.value.pages): void {
    expected.value = { ...expected.value, ...(pages && { pages }), expect: next };
    isSaved.value = next.length === 0;
  }

  return {
    expected,
    list,
    fileName,
    /** False while there is something that only this panel knows. */
    isSaved,
    /** The site for which the browser keeps the list as it is now; null while it does not. */
    keptFor,
    results,
    /** False while a list that changed is not checked yet. */
    isChecked: computed(() => results.value.length === list.value.length),
    failedCount: computed(() => results.value.filter(({ held }) => held === false).length + failedInRun.value),
    /** How many expectations of the steps of a run failed. */
    failedInRun,
    /** Takes what is made in place of the list, and says what came of it: the step of a run that is recorded. */
    takes,
    /** How many speak of what was not looked at. */
    uncheckedCount: computed(() => results.value.filter(({ held }) => held === null).length),

    ...createExpectationFiles(options, { fileName, isSaved, load: loadChecking }),

    ...createMaking(options, { list, takes, change, load: loadChecking }),

    /** An empty name is not kept: the file needs one. */
    rename(index: number, name: string): void {
      if (name.trim() === '' || list.value[index]?.name === name) return;
      change(list.value.map((one, at) => (at === index ? { ...one, name } : one)));
    },

    remove: (index: number): void => change(list.value.filter((_, at) => at !== index)),

    /** What is edited, with its draft once the code for that is there; null while nothing is. It stays while other views are open. */
    editing: signal<Editing | null>(null),

    /** Takes a whole file over, as it was edited. */
    replace(file: ExpectationFile): void {
      expected.value = file;
      isSaved.value = false;
    },
  };
}

interface MakingOptions {
  list: ReadonlySignal<readonly Expectation[]>;
  takes: ReadonlySignal<((made: readonly Expectation[]) => string) | null>;
  change: (next: Expectation[], pages: ExpectationFile['pages']) => void;
  load: () => Promise<Checking>;
}

/** What is expected of tokens as they are, once the user has said that what is wrong with them is right. */
function createMaking(given: ExpectationOptions, { list, takes, change, load }: MakingOptions) {
  const { expected, report, filtered, isWhole, pageUrl, mark, say, fail } = given;
  const pickedPages = signal<PagesChoice | null>(null);
  const aboutPages = computed(() => ({
    marked: expected.value.pages,
    pageUrl: pageUrl.value,
    picked: pickedPages.value ?? mark.value,
  }));
  const doubts = signal<readonly Finding[]>([]);
  /** What the user is asked about. */
  let asked: Making | null = null;

  /** Adds what is made, unless the same is expected already, or asks first, by `doubts`. */
  function take(make: Making, told: readonly Finding[] = []): Promise<void> {
    return attempt('Expectations could not be made', fail, async () => {
      if (!isWhole.value) throw new Error('not all tokens are judged yet; try again in a moment.');
      const into = takes.value;
      // A step speaks of its page already.
      const pages = into ? { marked: undefined, pageUrl: null, picked: null } : aboutPages.value;
      const about = (await import('./expected-pages.ts')).pagesChosen(pages);
      const made = make(await load(), told, about);
      asked = make;
      doubts.value = made.doubts;
      if (!made.expect) return;
      if (into) return say(into(made.expect));
      const fresh = missingIn(list.value, made.expect);
      if (fresh.length > 0) change([...list.value, ...fresh], made.pages ?? about.pages);
      const added = fresh.length === 1 ? '1 expectation added.' : `${fresh.length} expectations added.`;
      say(fresh.length === 0 ? 'This is expected already.' : added);
    });
  }

  return {
    /** The pages that what is added is about: as the user picked them, or by whose page the user says it is. */
    aboutPages,
    pickedPages,

    /** What is wrong with what would be expected, while the user is asked whether to expect it. */
    doubts,

    /** Adds what holds for the listed tokens. */
    expectWhatIsSeen: (): Promise<void> =>
      take((code, told, { on, pages }) => {
        const about = { ...(on !== null && { on }), ...(pages && { pages }) };
        return code.seenOrDoubted(report.value, filtered(), told, about);
      }),

    /** Adds one about tokens that are there. */
    add: (one: Expectation): Promise<void> =>
      take((code, told, { onChosen, pages }) => code.oneOrDoubted(report.value, onChosen(one), pages, told)),

    take,

    /** Adds what was asked about; who is sure is asked only about what came since. */
    expectAnyway: (): Promise<void> => (asked ? take(asked, doubts.value) : Promise.resolve()),
  };
}

interface ExpectationFileOptions {
  fileName: Signal<string>;
  isSaved: Signal<boolean>;
  load: () => Promise<Checking>;
}

/** The file that the list comes from and goes to. */
function createExpectationFiles(
  { expected, save, say, fail, openLock }: ExpectationOptions,
  { fileName, isSaved, load }: ExpectationFileOptions,
) {
  return {
    /** Reads an expectation file in place of the list; a file that is none leaves the list as it is. */
    open: (file: File): Promise<void> =>
      attempt(`${file.name} could not be opened`, fail, async () => {
        if (file.size > largest) throw new Error('it is larger than 1 MB, so it is hardly a list of expectations.');
        const text = await file.text();
        if (looksLikeLock(text)) return openLock(file.name, text);
        const opened = (await load()).parseExpectations(text);
        const { expect, steps = [] } = opened;
        const length = expect.length + steps.reduce((count, step) => count + step.expect.length, 0);
        expected.value = opened;
        fileName.value = file.name;
        isSaved.value = true;
        say(`${length === 1 ? '1 expectation' : `${length} expectations`} opened.`);
      }),

    save: (): Promise<void> =>
      attempt('The expectations could not be saved', fail, async () => {
        const text = `${JSON.stringify(expected.value, null, 2)}\n`;
        await save({ name: fileName.value, type: 'application/json', text });
        isSaved.value = true;
        say(`Expectations saved as ${fileName.value}.`);
      }),
  };
}

async function attempt(what: string, fail: ExpectationOptions['fail'], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    fail(what, error);
  }
}

export type Expectations = ReturnType<typeof createExpectations>;
