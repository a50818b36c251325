// What compares a report with expectations: loaded when the first are opened or made.
import { expectWhatIsSeen, findingsAccepted } from '../../engine/expect/expect-what-is-seen.ts';
import type { Expectation } from '../../engine/expect/expectations.ts';
import type { Finding, Report, Subject } from '../../engine/model/report.ts';

export { checkExpectations } from '../../engine/expect/check-expectations.ts';
export { parseExpectations } from '../../engine/expect/expectations.ts';

/** A token and those it renewed. */
export interface Listed {
  subject: Subject;
  versions: readonly Subject[];
}

/** What holds for the tokens of these rows and those they renewed, or for all; or else what is wrong with them that the user was not told of. */
export function seenOrDoubted(
  report: Report,
  rows: readonly Listed[] | null,
  told: readonly Finding[],
): { expect: Expectation[] | null; doubts: Finding[] } {
  const subjects = rows?.flatMap(({ subject, versions }) => [subject, ...versions]);
  const seen = subjects ? { only: new Set(subjects.map(({ token }) => token.id)) } : {};
  const doubts = findingsAccepted(report, seen);
  if (doubts.some(({ rule }) => !told.some((one) => one.rule === rule))) return { expect: null, doubts };
  return { expect: expectWhatIsSeen(report, seen).expect, doubts: [] };
}
