import type { Report } from '../model/report.ts';
import { checkExpectations, type ExpectationResult } from './check-expectations.ts';
import type { Expectation, Expectations } from './expectations.ts';

/** A report of nothing that was looked at: by it what is expected is put into words, and nothing is checked. */
const nothing: Report = {
  now: 0,
  policy: '',
  subjects: [],
  findings: [],
  problems: [],
  lookedAt: [],
  summary: { tokens: 0, gone: 0, muted: 0, critical: 0, high: 0, medium: 0, low: 0, info: 0 },
};

/** One result for each expectation, in order, that says what is expected, and of what was found nothing. */
export function expectedOfNothing(expectations: Expectations): ExpectationResult[] {
  return checkExpectations(nothing, expectations);
}

/** What an expectation expects, in the words of its result. */
export function expectedWords(one: Expectation, pages: Expectations['pages']): string {
  return expectedOfNothing({ ...(pages && { pages }), expect: [one] })[0]?.expected ?? '';
}
