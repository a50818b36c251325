// What compares a report with expectations: loaded when the first are opened or made.
import {
  expectWhatIsSeen,
  findingsAccepted,
  findingsAcceptedBy,
  type SeenOptions,
} from '../../engine/expect/expect-what-is-seen.ts';
import type { Expectation, Expectations } from '../../engine/expect/expectations.ts';
import type { Finding, Report, Subject } from '../../engine/model/report.ts';

export { checkExpectations } from '../../engine/expect/check-expectations.ts';
export { parseExpectations } from '../../engine/expect/expectations.ts';

/** A token and those it renewed. */
export interface Listed {
  subject: Subject;
  versions: readonly Subject[];
}

/** Expectations; or else, without any, what is wrong with what they would take for right. */
export interface MadeOrDoubted {
  expect: Expectation[] | null;
  doubts: Finding[];
  /** What marks stand for that they speak of; left out where that is known. */
  pages?: Expectations['pages'];
}

/** What holds for the tokens of these rows and those they renewed, or for all, on these pages. The user was told of some findings. */
export function seenOrDoubted(
  report: Report,
  rows: readonly Listed[] | null,
  told: readonly Finding[],
  pages: Pick<SeenOptions, 'on' | 'pages'>,
): MadeOrDoubted {
  const subjects = rows?.flatMap(({ subject, versions }) => [subject, ...versions]);
  const seen = { ...pages, ...(subjects && { only: new Set(subjects.map(({ token }) => token.id)) }) };
  return unlessNew(findingsAccepted(report, seen), told, () => expectWhatIsSeen(report, seen).expect);
}

/** One that was made of what is there. The user was told of some findings. */
export function oneOrDoubted(
  report: Report,
  one: Expectation,
  pages: SeenOptions['pages'],
  told: readonly Finding[],
): MadeOrDoubted {
  return unlessNew(findingsAcceptedBy(report, one, pages), told, () => [one]);
}

function unlessNew(doubts: Finding[], told: readonly Finding[], make: () => Expectation[]): MadeOrDoubted {
  const isNew = doubts.some(({ rule }) => !told.some((one) => one.rule === rule));
  return isNew ? { expect: null, doubts } : { expect: make(), doubts: [] };
}
