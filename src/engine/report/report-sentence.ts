import { joinAnswer } from '../diagnose/join.ts';
import { isNote } from '../model/notes.ts';
import { isWritten, type Report, type ReportInput } from '../model/report.ts';
import { type PageSentence, pageSentence } from '../page-sentence/page-sentence.ts';
import { isServerOf, providerOf } from '../recognise/server-of.ts';
import { createThoroughMasker } from '../redact/mask-disguised.ts';
import { secretsOf } from '../redact/secrets-of.ts';
import type { FormatOptions } from './report-document.ts';

/**
 * What a report says of its page, or of the recording it was made from, before all else; null where it was made from neither, as
 * of a pasted token. Tokens are masked in it.
 */
export function reportSentence(report: Report, options: FormatOptions): PageSentence | null {
  const { inputs = [], page = { pageUrl: null, frames: [] }, closedSites = [] } = options;
  const isOfPage = page.pageUrl !== null && inputs.length === 0;
  if (!isOfPage && !inputs.some(isRecording)) return null;
  const problems = [...report.problems, ...inputs.flatMap((input) => input.problems)];
  return pageSentence({
    subjects: report.subjects,
    findings: report.findings,
    look: { kind: 'read' },
    what: isOfPage ? 'page' : 'recording',
    isWhole: problems.every(isNote) && inputs.every(({ readable }) => readable),
    seesHiddenCookies: closedSites.length === 0,
    knows: {
      joinAnswer: (subject) => joinAnswer(subject, { ...page, now: report.now }),
      isServerOf: (subject, url) => isServerOf(providerOf(subject), url),
    },
    say: createThoroughMasker(report.subjects.flatMap(({ token }) => secretsOf(token))),
  });
}

function isRecording({ kind, readable }: ReportInput): boolean {
  return readable && !isWritten(kind);
}
