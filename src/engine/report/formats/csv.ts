import type { MisreadTime } from '../../model/facts.ts';
import type { Report } from '../../model/report.ts';
import { withoutFormula } from '../../text/formula.ts';
import { type DocumentToken, toDocument } from '../report-document.ts';
import type { Format, FormatOptions } from './format.ts';
import { printable } from './printable.ts';
import { dateWords, privilegeWords } from './report-words.ts';

export const csv: Format = { id: 'csv', name: 'CSV', type: 'text/csv', extension: 'csv', write };

const columns = [
  'token id',
  'token',
  'form',
  'platform',
  'product',
  'tenant',
  'room',
  'role',
  'role of the platform',
  'user id',
  'name',
  'status',
  'issued',
  'not before',
  'expires',
  'lifetime in seconds',
  'may',
  'may not',
  'worst finding',
  'findings',
  'input',
  'source',
  'place',
  'path',
  'origin',
  'URL',
  'seen',
  'more times',
  'last seen',
];

/** One row for each listed place of each token (RFC 4180); a spreadsheet takes no cell for a formula. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const rows = written.tokens.flatMap((token) => {
    const cells = tokenCells(token);
    return token.sightings.map(({ input, source, label, path, origin, url, seenAt, more }) => [
      ...cells,
      input,
      source,
      label,
      path,
      origin,
      url,
      seenAt === null ? null : dateWords(seenAt),
      more?.count ?? null,
      more?.lastAt == null ? null : dateWords(more.lastAt),
    ]);
  });
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function tokenCells(token: DocumentToken): (string | number | null)[] {
  const { facts, times, provider } = token;
  const { may, mayNot } = privilegeWords(token);
  const findings = token.findings.filter(({ muted, under }) => muted === null && under === null);
  const date = (seconds: number | null, says: MisreadTime['says']) => {
    const misread = times.notSeconds?.find((one) => one.says === says);
    if (misread) return `${misread.value} (${misread.unit})`;
    return seconds === null ? null : dateWords(seconds);
  };
  return [
    token.id,
    token.token,
    token.form,
    provider?.name ?? null,
    facts.product,
    facts.tenant,
    facts.room,
    facts.role,
    facts.vendorRole,
    facts.userId,
    facts.displayName,
    times.status,
    date(times.issuedAt, 'issued'),
    date(times.notBefore, 'starts'),
    date(times.expiresAt, 'ends'),
    times.lifetimeSeconds,
    may.join(' '),
    mayNot.join(' '),
    findings[0]?.severity ?? null,
    findings.map(({ rule }) => rule).join(' '),
  ];
}

function cell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const harmless = withoutFormula(printable(value));
  return `"${harmless.replaceAll('"', '""')}"`;
}
