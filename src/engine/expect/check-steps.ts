import { type LookedPlace, withoutQuery } from '../model/looked-at.ts';
import type { Report } from '../model/report.ts';
import { checkExpectations, type ExpectationResult } from './check-expectations.ts';
import type { Expectations, Step } from './expectations.ts';
import { expectedOfNothing } from './expected-words.ts';
import { isPageOf } from './page-patterns.ts';

/** What came of one step of a run. */
export interface StepResult {
  /** Name of the step. */
  step: string;
  /** The address that it opens. Left out where something is done instead. */
  open?: string;
  /** What is done. Left out where a page is opened. */
  action?: string;
  /** False where an expectation failed, null where one could not be checked or the step was not come to. */
  held: boolean | null;
  /** Why nothing of the step could be checked, in a sentence that begins with "not checked". Left out where it could. */
  says?: string;
  /** One for each expectation of the step, in order. */
  results: readonly ExpectationResult[];
}

/** The moment at which a report shows what a page holds. */
export interface Moment {
  /** Address of the page (the top-level document) that was in front. */
  page: string;
}

/**
 * Compares a report of several pages with what a run expects of each: a step that opens a page is checked by what was seen of such
 * pages. What came after something was done, no report of several moments can show. Pure, and never throws.
 */
export function checkSteps(report: Report, expectations: Expectations): StepResult[] {
  return (expectations.steps ?? []).map((step) => {
    const { open, action } = step;
    if (open === undefined) return unchecked(step, `nothing shows what was there after "${short(action ?? '')}"`);
    const isOfStep = (page: string) => isPageOf(page, open);
    if (!report.lookedAt?.some((place) => showsPage(place) && isOfStep(place.page ?? '')))
      return unchecked(step, `the page ${short(open)} was not looked at`);
    return checked(step, report, expectations, { tokens: isOfStep, looks: isOfStep });
  });
}

/** Whether more is known of a page than that it was asked for: it may have led elsewhere. */
function showsPage({ page, url, isAddress, source }: LookedPlace): boolean {
  if (page === null || isAddress) return false;
  return !isOfRequest.test(source) || url === null || withoutQuery(url) !== withoutQuery(page);
}

/** What is known of a page without a look into it. */
const isOfRequest = /^(?:request|response)-|^cookie$/;

/**
 * Compares a report of one moment with what a step expects. That it is of this step, only who took it can know; that it is of the
 * page that the step opens is checked. Pure, and never throws.
 */
export function checkStep(report: Report, expectations: Expectations, step: Step, { page }: Moment): StepResult {
  const { open } = step;
  if (open !== undefined && !isPageOf(page, open))
    return unchecked(step, `the page was ${short(withoutQuery(page))}, not ${short(open)}`);
  // Whatever is there at that moment counts, whichever page of a run brought it; what another page requested was not looked at now.
  return checked(step, report, expectations, { looks: (one) => withoutFragment(one) === withoutFragment(page) });
}

/** The result of a step that was not come to, or of which nothing is known. */
export function unchecked(step: Step, why: string): StepResult {
  const says = `not checked: ${why}.`;
  const results = expectedOfNothing({ expect: step.expect });
  return {
    ...stepOf(step),
    held: null,
    says,
    results: results.map((one) => ({ ...one, held: null, says, found: why })),
  };
}

function checked(
  step: Step,
  report: Report,
  { pages }: Expectations,
  within: Parameters<typeof checkExpectations>[2],
): StepResult {
  const results = checkExpectations(report, { ...(pages && { pages }), expect: step.expect }, within);
  return { ...stepOf(step), held: outcomeOf(results), results };
}

function stepOf({ name, open, action }: Step) {
  return { step: name, ...(open !== undefined && { open }), ...(action !== undefined && { action }) };
}

/** What came of the expectations of steps, one after the other, each with the name of its step. */
export function resultsOf(steps: readonly StepResult[]): (ExpectationResult & { step: string })[] {
  return steps.flatMap(({ step, results }) => results.map((one) => ({ ...one, step })));
}

/** Of several: false where one failed, null where one could not be checked. */
export function outcomeOf(results: readonly Pick<ExpectationResult, 'held'>[]): boolean | null {
  if (results.some(({ held }) => held === false)) return false;
  return results.every(({ held }) => held === true) ? true : null;
}

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}

function short(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
