import { contained, isFailure } from '../engine/contain.ts';
import type { Problem } from '../engine/model/capture.ts';
import type { Report } from '../engine/model/report.ts';
import type { Format, FormatOptions } from '../engine/report/formats/format.ts';

/** Lines about parts of the program that failed; beyond, they are counted. */
const mostLines = 20;

/**
 * A report as a format writes it; null where that fails, or none is given. `failures` says in a line each which parts of
 * the program failed on the way, so that a result that lacks what they would have found is not taken for a whole one.
 */
export function reportText(
  report: Report,
  format: Format | null,
  options: FormatOptions,
): { text: string | null; failures: readonly string[] } {
  const failed: Problem[] = [...report.problems, ...(options.inputs ?? []).flatMap(({ problems }) => problems)];
  const tell = (problem: Problem) => failed.unshift(problem);
  const text = format && contained('format', format.id, null, tell, () => format.write(report, options));
  const lines = [...new Set(failed.filter(isFailure).map(({ message }) => message))];
  const more = lines.length - mostLines;
  return { text, failures: more > 0 ? [...lines.slice(0, mostLines), `and ${more} more parts failed`] : lines };
}
