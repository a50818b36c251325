import type { ReportDocument } from '../../engine/report/report-document.ts';

/** Problems after which tokens may lie where nobody looked. */
const unreadCodes: ReadonlySet<string> = new Set([
  'cookies-unread',
  'frame-not-answering',
  'frame-unreadable',
  'frames-skipped',
  'page-not-answering',
  'storage-not-answering',
  'storage-tampered',
]);

/** What could not be read of a page, so that a token may lie there, in a sentence each. */
export function unreadOf({ problems }: ReportDocument): string[] {
  return problems
    .filter(({ code }) => unreadCodes.has(code))
    .map(({ message, subject }) => (subject === null ? message : `${subject}: ${message}`));
}
