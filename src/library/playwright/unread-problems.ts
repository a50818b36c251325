import type { ReportDocument } from '../../engine/report/report-document.ts';

/** Problems after which tokens may lie where nobody looked. */
const unreadCodes: ReadonlySet<string> = new Set([
  'cookie-unread',
  'cookies-unread',
  'entries-skipped',
  'frame-not-answering',
  'frame-unreadable',
  'frames-skipped',
  'page-not-answering',
  'state-unread',
  'storage-not-answering',
  'storage-tampered',
  'value-too-long',
  'values-too-long',
]);

/** What could not be read of a page, so that a token may lie there, in a sentence each. */
export function unreadOf({ problems }: ReportDocument): string[] {
  return problems
    .filter(({ code }) => unreadCodes.has(code))
    .map(({ message, subject }) => (subject === null ? message : `${subject}: ${message}`));
}
