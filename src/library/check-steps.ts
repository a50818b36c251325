import type { ExpectationResult } from '../engine/expect/check-expectations.ts';
import { checkStep as check, type Moment, type StepResult } from '../engine/expect/check-steps.ts';
import type { Expectations, Step } from '../engine/expect/expectations.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { keptReport, maskerOf } from './kept-reports.ts';

/**
 * Compares a report of one moment with what a step of a run expects, in sentences that are masked where the report is. What could not be
 * read counts as looked at: who replays a run tells of it himself.
 */
export function checkStep(report: ReportDocument, expectations: Expectations, step: Step, moment: Moment): StepResult {
  const kept = keptReport(report);
  return maskedResult(check({ ...kept.report, problems: [] }, expectations, step, moment), maskerOf(kept));
}

/** The same with what a sentence or a name may repeat of a token masked. */
export function maskedResult({ results, held, ...words }: StepResult, mask: (text: string) => string): StepResult {
  const masked = Object.fromEntries(Object.entries(words).map(([name, text]) => [name, mask(text)])) as typeof words;
  return { ...masked, held, results: results.map((one) => maskedOutcome(one, mask)) };
}

function maskedOutcome(
  { name, held, says, expected, found }: ExpectationResult,
  mask: (text: string) => string,
): ExpectationResult {
  return { name: mask(name), held, says: mask(says), expected: mask(expected), found: mask(found) };
}
