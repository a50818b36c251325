import type { ExpectationResult } from '../engine/expect/check-expectations.ts';
import { formats } from '../engine/report/formats/index.ts';
import type { ReportDocument } from '../engine/report/report-document.ts';
import { keptReport } from './kept-reports.ts';

/** Names of the ways to write a report down, as the command line's `--format` has them: `json`, `sarif`, `html` … */
export const reportFormats: readonly string[] = formats.map(({ id }) => id);

/**
 * The text of a report in a format, masked or whole as the report is, with the results of expectations where they are given.
 * Throws a `RangeError` for a format that there is not.
 */
export function writeReport(
  report: ReportDocument,
  format: string,
  { expectations }: { expectations?: readonly ExpectationResult[] } = {},
): string {
  const writer = formats.find(({ id }) => id === format);
  if (!writer)
    throw new RangeError(`There is no format ${JSON.stringify(format)}; there are ${reportFormats.join(', ')}.`);
  const { report: judged, options } = keptReport(report);
  return writer.write(judged, { ...options, ...(expectations && { expectations }) });
}
