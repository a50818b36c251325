import type { Problem } from './capture.ts';

/** Where the browser forgets requests at each navigation, as it does unless told otherwise. */
export const logNotPreserved = 'log-not-preserved';

/** Where a saved report tells less than it did when it was written, or than it says. */
export const reportInPart = 'report-in-part';

/** Where a page was read through its own script, which can hide and invent. */
export const wordOfPage = 'read-by-page';

/** Where a state of the history was, though everything else was read beside the page's script. */
export const stateByPage = 'state-read-by-page';

export const stateWords =
  'Read through the page’s own script, which can hide or invent tokens: the browser would hand the page a state that is out of date once it was read beside it.';

/** How such a place was read, after "read". */
export const throughPage =
  'through the page’s own script, which can hide or invent tokens; allow this site to read beside it';

const notes: ReadonlySet<string> = new Set([logNotPreserved, wordOfPage, stateByPage]);

/** Whether a problem is worth knowing although nothing went wrong: a note is told like any other, and counted apart. */
export function isNote({ code }: Pick<Problem, 'code'>): boolean {
  return notes.has(code);
}
