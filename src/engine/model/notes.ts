import type { Problem } from './capture.ts';

/** Where the browser forgets requests at each navigation, as it does unless told otherwise. */
export const logNotPreserved = 'log-not-preserved';

/** Where a saved report tells less than it did when it was written, or than it says. */
export const reportInPart = 'report-in-part';

const notes: ReadonlySet<string> = new Set([logNotPreserved]);

/** Whether a problem is worth knowing although nothing went wrong: a note is told like any other, and counted apart. */
export function isNote({ code }: Pick<Problem, 'code'>): boolean {
  return notes.has(code);
}
