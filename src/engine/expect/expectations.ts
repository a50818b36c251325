import { MistakesError, readChecked, withoutRoot } from '../text/checked-json.ts';
import { type Expectations, expectationFile } from './expectation-file.ts';

export type { Bounds, Expectation, Expectations, Match, Step, Wanted } from './expectation-file.ts';

/** Why a file is not a list of expectations. */
export class ExpectationError extends MistakesError {}

/** Longest file, in characters. */
const longest = 4 << 20;

/** The text of an expectation file, checked. Throws `ExpectationError` and nothing else. */
export function parseExpectations(text: string): Expectations {
  const file = {
    code: 'expectations',
    longest,
    whole: 'The file',
    shown: withoutRoot,
  };
  const { value, problems } = readChecked(text, file, expectationFile);
  if (value === null) throw new ExpectationError(problems);
  const { pages, expect = [], steps } = value;
  return { ...(pages && { pages }), expect, ...(steps && { steps }) };
}
