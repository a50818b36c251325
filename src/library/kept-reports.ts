import type { Report } from '../engine/model/report.ts';
import { createThoroughMasker } from '../engine/redact/mask-disguised.ts';
import { secretsOf } from '../engine/redact/secrets-of.ts';
import { readReport } from '../engine/report/read-report.ts';
import type { FormatOptions, ReportDocument } from '../engine/report/report-document.ts';

interface Kept {
  report: Report;
  options: FormatOptions;
}

/** The engine's own reports by the documents made of them: these lack what only the engine asks for, as traits of places. */
const kept = new WeakMap<ReportDocument, Kept>();

/** Remembers what a document was made of, as long as somebody holds the document. */
export function keepReport(document: ReportDocument, report: Report, options: FormatOptions): ReportDocument {
  kept.set(document, { report, options });
  return document;
}

/**
 * What a document was made of; of one that was read from a file, what it tells. Throws a `TypeError` for what is no report.
 */
export function keptReport(document: ReportDocument): Kept {
  const known = kept.get(document);
  if (known) return known;
  const saved = readReport(document, null);
  if (!saved) throw new TypeError('This is no report of Roomkey: inspect() returns one.');
  return { report: saved.report, options: { ...saved.told, reveal: !saved.masked } };
}

/** Masks what a sentence about the tokens of a report may repeat of them; nothing where the report holds them whole. */
export function maskerOf({ report, options }: Kept): (text: string) => string {
  return options.reveal
    ? (text) => text
    : createThoroughMasker(report.subjects.flatMap(({ token }) => secretsOf(token)));
}
