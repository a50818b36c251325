import { type ReadonlySignal, signal, untracked } from '@preact/signals';
import { checkStep, type StepResult } from '../../engine/expect/check-steps.ts';
import type { Expectations as ExpectationFile, Step } from '../../engine/expect/expectations.ts';
import { isPageOf } from '../../engine/expect/page-patterns.ts';
import type { Report } from '../../engine/model/report.ts';
import { after } from './run-recording.ts';

export interface WalkOptions {
  expected: ReadonlySignal<ExpectationFile>;
  report: ReadonlySignal<Report>;
  /** False while tokens were found that are not judged yet. */
  isWhole: ReadonlySignal<boolean>;
  steps: ReadonlySignal<readonly Step[]>;
  /** Address of the page that the report is of; null where it is of none, or of files. */
  pageUrl: ReadonlySignal<string | null>;
  /** Seconds since the epoch. */
  now: () => number;
}

/** What came of a step, and when in seconds since the epoch. */
export interface WalkedStep extends StepResult {
  at: number;
}

/** Milliseconds for which what came of a step has to be otherwise: what the next page sends is known before that it is in front. */
const patience = 1500;
/** Milliseconds after which it is taken all the same, where a page never comes to rest. */
const mostPatience = 6000;

/** Where the user is in a run, and what came of its steps: in memory only. */
export class RunWalk {
  /** Place of the step that the page in front is of; null for none. */
  readonly current = signal<number | null>(null);
  readonly results = signal<ReadonlyMap<number, WalkedStep>>(new Map());
  readonly #options: WalkOptions;
  /** The last step that was the current one, and since when. */
  #last = -1;
  #cameAt = Number.NEGATIVE_INFINITY;
  /** Where the steps lead that the results are of. */
  #walked: readonly string[] = [];
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** Since when the current step's result is another than the one that was taken, in milliseconds; null where it is the same. */
  #otherSince: number | null = null;

  constructor(options: WalkOptions) {
    this.#options = options;
  }

  close(): void {
    clearTimeout(this.#waiting);
  }

  goTo(index: number): void {
    clearTimeout(this.#waiting);
    this.#otherSince = null;
    // Who is at the beginning again begins anew.
    if (index === 0 && this.#last > 0) this.results.value = new Map();
    this.current.value = index;
    this.#last = index;
    this.#cameAt = this.#options.now();
  }

  /** The page in front is another. */
  comeTo(url: string): void {
    const list = this.#options.steps.peek();
    const isOf = (index: number) => {
      const open = list[index]?.open;
      return open !== undefined && isPageOf(url, open);
    };
    const at = this.current.peek();
    // Where something done leads to is part of it.
    const isLedTo = at !== null && list[at]?.action !== undefined && this.#options.now() - this.#cameAt <= after;
    if (isLedTo || (at !== null && isOf(at))) return;
    const places = [...list.keys()].filter(isOf);
    const next = places.find((index) => index > this.#last) ?? places[0];
    if (next !== undefined) {
      this.goTo(next);
      return;
    }
    clearTimeout(this.#waiting);
    this.current.value = null;
  }

  /** What was done is what the next step says that is no page. */
  doNext(): void {
    const list = this.#options.steps.peek();
    const next = list.findIndex(({ action }, index) => index > this.#last && action !== undefined);
    if (next >= 0) this.goTo(next);
  }

  /** Checks the current step by the page in front, whenever one of them changes. What is not of it any more stays as it was. */
  check(): void {
    const { steps, pageUrl, isWhole, report, expected } = this.#options;
    const list = steps.value;
    void [pageUrl.value, this.current.value, isWhole.value, report.value, expected.value];
    untracked(() => {
      this.#keepTo(list);
      clearTimeout(this.#waiting);
      const at = this.current.peek();
      const result = this.#judge();
      const known = at === null ? undefined : this.results.peek().get(at);
      const isFirst = !known || known.results.length !== result?.results.length;
      if (!result || isFirst || contentOf(known) === contentOf(result)) {
        this.#otherSince = null;
        if (result && isFirst) this.#take();
        return;
      }
      this.#otherSince ??= Date.now();
      const left = this.#otherSince + mostPatience - Date.now();
      this.#waiting = setTimeout(() => this.#take(), Math.max(0, Math.min(patience, left)));
    });
  }

  /** Forgets what is not of these steps any more: all from the first on that leads elsewhere than it did. */
  #keepTo(list: readonly Step[]): void {
    const ways = list.map(({ open, action }) => JSON.stringify([open, action]));
    const changed = ways.findIndex((way, index) => way !== this.#walked[index]);
    const kept = changed < 0 ? ways.length : changed;
    if (kept < this.#walked.length) {
      this.results.value = new Map([...this.results.peek()].filter(([index]) => index < kept));
      this.#last = Math.min(this.#last, kept - 1);
      if ((this.current.peek() ?? 0) >= kept) this.current.value = null;
    }
    this.#walked = ways;
  }

  #judge(): WalkedStep | null {
    const { steps, pageUrl, isWhole, report, expected, now } = this.#options;
    const at = this.current.peek();
    const url = pageUrl.peek();
    const step = at === null ? undefined : steps.peek()[at];
    if (step === undefined || url === null || !isWhole.peek()) return null;
    if (step.open !== undefined && !isPageOf(url, step.open)) return null;
    return { ...checkStep(report.peek(), expected.peek(), step, { page: url }), at: now() };
  }

  #take(): void {
    this.#otherSince = null;
    const at = this.current.peek();
    const result = this.#judge();
    if (at !== null && result) this.results.value = new Map(this.results.peek()).set(at, result);
  }
}

function contentOf({ at: _, ...result }: WalkedStep): string {
  return JSON.stringify(result);
}
