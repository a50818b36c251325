import { type StepResult, unchecked } from '../../engine/expect/check-steps.ts';
import { checkedExpectations, type Expectations, type Step } from '../../engine/expect/expectations.ts';
import type { Capture, Exchange } from '../../engine/model/capture.ts';
import { withoutQuery } from '../../engine/model/looked-at.ts';
import { createMasker } from '../../engine/redact/mask.ts';
import { checkExpectations } from '../check-expectations.ts';
import { checkStep, maskedResult } from '../check-steps.ts';
import { type InspectOptions, inspect } from '../inspect.ts';
import type { RunStep } from '../write-run.ts';
import { capturePages } from './capture-pages.ts';
import type { PlaywrightRunPage } from './playwright.ts';
import { recordTraffic } from './record-traffic.ts';
import { unreadOf } from './unread-problems.ts';

export interface ReplayOptions<Page extends PlaywrightRunPage> extends Omit<InspectOptions, 'now'> {
  /** What the actions of the file are in this test, by their words: `{ 'log out': async (page) => … }`. */
  actions?: Readonly<Record<string, (page: Page) => unknown>>;
  /** Where addresses that begin with `/` are; that of the context unless told otherwise. */
  baseURL?: string;
  /** Milliseconds for which each step is looked at until it is as wanted; 5,000 unless told otherwise. */
  timeout?: number;
  /** Milliseconds for which it has to stay so: what a page fetches may come late. 500 unless told otherwise. */
  settle?: number;
  /** Whether what the page sends and receives counts, as it does in the panel; it does unless told otherwise. */
  traffic?: boolean;
  /** Holds although a part of the page could not be read. */
  allowUnread?: boolean;
}

/** Milliseconds that each look has at least, and between two of them. */
const leastPatience = 5000;
const pause = 250;

/** Name of the results of what the file expects of no step alone. */
const wholeRun = 'the whole run';

/**
 * Walks the steps of a file again, as a person did who recorded them: opens each page, or calls the function for an action, looks until
 * it is as expected, and returns what came of each step, in order. Never rejects for what a page or an action does. A step that fails
 * stops nothing. Where one was not come to (a page that does not open or leads elsewhere, an action that nobody gave or that fails), no
 * action is done until a page is open again, and what should have followed is not checked. Rejects with an `ExpectationError` for what is
 * no file of expectations.
 */
export async function replaySteps<Page extends PlaywrightRunPage>(
  page: Page,
  file: Expectations,
  options: ReplayOptions<Page> = {},
): Promise<RunStep[]> {
  const expectations = checkedExpectations(file);
  const stop = options.traffic === false ? () => {} : recordTraffic(page);
  const results: RunStep[] = [];
  const seen: Capture[] = [];
  /** The step that was not come to; null while the run is where it should be. */
  let lost = null as Step | null;
  try {
    for (const step of expectations.steps ?? []) {
      const begun = performance.now();
      const isCut: boolean = lost !== null && step.open === undefined;
      const { result, captures }: Taken = isCut
        ? {
            result: unchecked(step, `${JSON.stringify(lost?.name.slice(0, 200))} was not come to before`),
            captures: [],
          }
        : await take(page, step, expectations, options);
      // A result with a reason of its own is of a step that was not come to.
      lost = result.says === undefined ? null : isCut ? lost : step;
      seen.push(...captures);
      results.push({ ...result, seconds: (performance.now() - begun) / 1000 });
    }
  } finally {
    stop();
  }
  if (expectations.expect.length > 0) results.push(wholeOf(seen, expectations, results, options));
  return results;
}

interface Taken {
  result: StepResult;
  captures: Capture[];
}

/** Does what a step says, and looks until it is as expected or the time is over. */
async function take<Page extends PlaywrightRunPage>(
  page: Page,
  step: Step,
  expectations: Expectations,
  options: ReplayOptions<Page>,
): Promise<Taken> {
  const { timeout = 5000, settle = 500 } = options;
  const begunAt = Date.now() / 1000;
  const why = step.open === undefined ? await act(page, step, options) : await open(page, step.open, options);
  if (why !== null) return { result: maskedResult(unchecked(step, why), createMasker([])), captures: [] };
  const doneAt = step.open === undefined ? Date.now() / 1000 : begunAt;
  const until = performance.now() + timeout;
  let heldSince: number | null = null;
  for (;;) {
    const left = Math.max(leastPatience, until - performance.now());
    const captures = (await capturePages(page, { timeout: left })).map((one) => sinceThen(one, begunAt, doneAt));
    const result = judge(captures, step, expectations, options);
    const now = performance.now();
    heldSince = result.held === true ? (heldSince ?? now) : null;
    const isOver = now + pause > until && heldSince === null;
    if (isOver || (heldSince !== null && now - heldSince >= settle)) return { result, captures };
    await new Promise((resolve) => setTimeout(resolve, Math.min(pause, settle)));
  }
}

/** Opens a page; resolves to why that failed, or null. */
async function open<Page extends PlaywrightRunPage>(
  page: Page,
  address: string,
  { baseURL, timeout = 5000 }: ReplayOptions<Page>,
): Promise<string | null> {
  try {
    const url = baseURL !== undefined && address.startsWith('/') ? new URL(address, baseURL).href : address;
    const reply = await goTo(page, url);
    const status = reply?.status() ?? 200;
    if (status >= 400) return `the page ${withoutQuery(address)} answered with status ${status}`;
    await page.waitForLoadState('load', { timeout }).catch(() => {});
    return null;
  } catch (error) {
    return `the page ${withoutQuery(address)} could not be opened: ${wordsOf(error)}`;
  }
}

/** The browser's own page about one that did not open may still be on its way, and interrupts the next. */
async function goTo(page: PlaywrightRunPage, url: string, triesLeft = 3): Promise<{ status(): number } | null> {
  try {
    return await page.goto(url, { waitUntil: 'domcontentloaded' });
  } catch (error) {
    if (triesLeft <= 1 || !/interrupted by another navigation/.test(String(error))) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return goTo(page, url, triesLeft - 1);
  }
}

/** Does what the test gave for an action; resolves to why that failed, or null. */
async function act<Page extends PlaywrightRunPage>(
  page: Page,
  { action = '' }: Step,
  { actions = {} }: ReplayOptions<Page>,
): Promise<string | null> {
  const shown = JSON.stringify(action.slice(0, 200));
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) return `no function was given for the action ${shown}`;
  try {
    await run(page);
    return null;
  } catch (error) {
    return `the action ${shown} failed: ${wordsOf(error)}`;
  }
}

/** The first line of an error, without the full stop of a sentence. */
function wordsOf(error: unknown): string {
  const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return line.slice(0, 300).replace(/\.$/, '');
}

/** Browsers tell when a request began a little before or after it did, in seconds. */
const tolerance = 0.05;

/**
 * A capture without the traffic of the steps before. What was sent while something was done belongs to the doing, as a logout sends
 * the token that it ends; what came in answer is there afterwards.
 */
function sinceThen({ exchanges, ...capture }: Capture, begunAt: number, doneAt: number): Capture {
  if (!exchanges) return capture;
  const isSince = ({ startedAt }: Exchange, at: number) => startedAt === null || startedAt >= at - tolerance;
  return {
    ...capture,
    exchanges: exchanges
      .filter((one) => isSince(one, begunAt))
      .map((one) => (isSince(one, doneAt + tolerance) || doneAt === begunAt ? one : answerOf(one))),
  };
}

function answerOf({ requestCookies: _, ...exchange }: Exchange): Exchange {
  return { ...exchange, url: withoutQuery(exchange.url), requestHeaders: [], requestBody: null };
}

function judge<Page extends PlaywrightRunPage>(
  captures: readonly Capture[],
  step: Step,
  expectations: Expectations,
  { allowUnread = false, ...options }: ReplayOptions<Page>,
): StepResult {
  const url = captures.find(({ page }) => page)?.page?.url ?? '';
  const report = inspect(captures, inspectOptions(options));
  const result = checkStep(report, expectations, step, { page: url });
  const unread = allowUnread ? [] : unreadOf(report);
  if (unread.length === 0 || result.says !== undefined || step.expect.length === 0) return result;
  const why = `not everything could be read: ${unread.slice(0, 5).join(' ').replace(/\.$/, '')}`;
  return doubted(result, why);
}

/** What held is not known where this is so; what failed has failed. */
function doubted(result: StepResult, why: string): StepResult {
  const says = `not checked: ${why}.`;
  return {
    ...result,
    held: result.held === true ? null : result.held,
    results: result.results.map((one) => (one.held === true ? { ...one, held: null, says, found: why } : one)),
  };
}

function inspectOptions({ policy, reveal, pageMark, weakKeys }: Omit<InspectOptions, 'now'>): InspectOptions {
  return {
    ...(policy && { policy }),
    ...(reveal !== undefined && { reveal }),
    ...(pageMark && { pageMark }),
    ...(weakKeys !== undefined && { weakKeys }),
  };
}

/** What the file expects of all that was seen. Nothing of it holds where a step was not come to. */
function wholeOf<Page extends PlaywrightRunPage>(
  seen: readonly Capture[],
  expectations: Expectations,
  steps: readonly StepResult[],
  options: ReplayOptions<Page>,
): RunStep {
  const results = checkExpectations(inspect(seen, inspectOptions(options)), expectations, options);
  const held = results.some((one) => one.held === false) ? false : results.every((one) => one.held) ? true : null;
  const missed = steps.find(({ says }) => says !== undefined);
  const result = { step: wholeRun, held, results };
  return missed ? doubted(result, `${JSON.stringify(missed.step.slice(0, 200))} was not come to`) : result;
}
