import { checkExpectations as check, type ExpectationResult } from '../engine/expect/check-expectations.ts';
import { expectWhatIsSeen as expectSeen } from '../engine/expect/expect-what-is-seen.ts';
import { checkedExpectations, type Expectations } from '../engine/expect/expectations.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { keptReport, maskerOf } from './kept-reports.ts';

/**
 * Compares a report with what was expected of it: one result for each expectation, in order, with a sentence. `held` is null
 * where nothing was looked at that the expectation speaks of, which fails a test as false does. Sentences are masked where the
 * report is. Throws an `ExpectationError` for what is no list of expectations, as where a name is misspelt.
 *
 * @param options.allowUnread what could not be read, as a frame that did not answer, counts as looked at
 */
export function checkExpectations(
  report: ReportDocument,
  expectations: Expectations,
  { allowUnread = false }: { allowUnread?: boolean } = {},
): ExpectationResult[] {
  const kept = keptReport(report);
  const mask = maskerOf(kept);
  const judged = allowUnread ? { ...kept.report, problems: [] } : kept.report;
  return check(judged, checkedExpectations(expectations)).map(({ says, expected, found, ...result }) => ({
    ...result,
    says: mask(says),
    expected: mask(expected),
    found: mask(found),
  }));
}

/** Expectations that hold for a report as it is, to start from. */
export function expectWhatIsSeen(report: ReportDocument): Expectations {
  return expectSeen(keptReport(report).report);
}
