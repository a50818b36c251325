import { goneSince } from './presence.ts';
import type { Finding, Report, Subject } from './report.ts';
import { countsBySeverity } from './severity-order.ts';

/** Counts what is there: details of a headline are not counted, muted findings and what is gone are counted apart. */
export function summarise(subjects: readonly Subject[], findings: readonly Finding[]): Report['summary'] {
  const here = subjects.filter((subject) => goneSince(subject) === null);
  const summary = {
    tokens: here.length,
    gone: subjects.length - here.length,
    muted: 0,
    ...countsBySeverity(() => 0),
  };
  for (const finding of [...here.flatMap((s) => s.findings), ...findings]) {
    if (finding.muted) summary.muted += 1;
    else if (!finding.under) summary[finding.severity] += 1;
  }
  return summary;
}
