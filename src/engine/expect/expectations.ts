import { MistakesError, readChecked, valueChecked, withoutRoot } from '../text/checked-json.ts';
import { type Expectation, type Expectations, expectationFile, expectationOf } from './expectation-file.ts';

export type { Bounds, Expectation, Expectations, Match, Step, Wanted } from './expectation-file.ts';

/** Why a file is not a list of expectations. */
export class ExpectationError extends MistakesError {}

/** Longest file, in characters. */
const longest = 4 << 20;

const file = { code: 'expectations', longest, whole: 'The file', shown: withoutRoot };

/** The text of an expectation file, checked. Throws `ExpectationError` and nothing else. */
export function parseExpectations(text: string): Expectations {
  return checked(readChecked(text, file, expectationFile));
}

/**
 * What a program expects, checked as a file is: a name that is misspelt would expect what always holds. Throws `ExpectationError`
 * where there is a mistake.
 */
export function checkedExpectations(expectations: unknown): Expectations {
  return checked(valueChecked(expectations, { ...file, whole: 'What is expected' }, expectationFile));
}

function checked({ value, problems }: ReturnType<typeof readChecked<typeof expectationFile>>): Expectations {
  if (value === null) throw new ExpectationError(problems);
  const { pages, expect = [], steps } = value;
  return { ...(pages && { pages }), expect, ...(steps && { steps }) };
}

/** The text of one expectation of a file with these marks of pages, checked. Throws `ExpectationError` and nothing else. */
export function parseExpectation(text: string, pages: Expectations['pages'] = {}): Expectation {
  const { value, problems } = readChecked(text, { ...file, whole: 'The expectation' }, expectationOf(pages));
  if (value === null) throw new ExpectationError(problems);
  return value;
}
