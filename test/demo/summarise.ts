import { severities } from '../../src/engine/model/report.ts';
import type { ReportDocument } from '../../src/engine/report/report-document.ts';

type DocumentToken = ReportDocument['tokens'][number];

/** A report in lines for a terminal: one per token, worst first, and the worst findings of each. */
export function summarise(report: ReportDocument): string {
  const rows = report.tokens.map((token) => [
    token.provider?.name ?? 'other',
    cut(token.facts.room ?? (token.facts.roomScope === 'all-rooms' ? 'every room' : '–'), 16),
    token.facts.role,
    token.sightings.every(({ goneAt }) => goneAt !== null) ? 'gone' : token.times.status,
    worst(token) ?? 'nothing',
    cut(token.sightings[0]?.label ?? '', 34),
  ]);
  const header = ['Platform', 'Room', 'Role', 'Status', 'Worst', 'Where'];
  const lines = [`${report.summary.tokens} tokens`, '', table([header, ...rows]), ''];
  const notable = report.tokens.flatMap((token) =>
    token.findings
      .filter(({ severity }) => severity === 'critical' || severity === 'high')
      .map(
        ({ severity, title, says }) => `  ${severity.padEnd(8)}  ${token.provider?.name ?? 'other'}: ${title}. ${says}`,
      ),
  );
  if (notable.length > 0) lines.push('What to look at first', ...notable, '');
  lines.push(`Findings: ${severities.map((severity) => `${report.summary[severity]} ${severity}`).join(', ')}`, '');
  return lines.join('\n');
}

function worst(token: DocumentToken): string | null {
  return severities.find((severity) => token.findings.some((finding) => finding.severity === severity)) ?? null;
}

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function table(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd())
    .join('\n');
}
