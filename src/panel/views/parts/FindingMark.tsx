import type { Severity } from '../../../engine/model/report.ts';
import { SeverityMark, severityWords } from './SeverityMark.tsx';

/** How bad a finding is; of a token that is gone, how bad it was, which counts no more. */
export function FindingMark({
  severity,
  isGone,
  word = true,
}: {
  severity: Severity;
  isGone: boolean;
  word?: boolean;
}) {
  if (!isGone) return <SeverityMark severity={severity} word={word} />;
  return <span class="muted was">Was {severityWords[severity].toLowerCase()}</span>;
}
