import type { Report } from '../model.ts';
import type { Format, FormatOptions } from './format.ts';
import { type ContractFinding, toContract } from './json.ts';
import { printable } from './printable.ts';
import {
  dateWords,
  headline,
  placeWords,
  privilegeWords,
  summaryWords,
  timeWords,
  tokenCount,
  userWords,
} from './report-words.ts';

export const markdown: Format = { id: 'markdown', name: 'Markdown', type: 'text/markdown', extension: 'md', write };

const mostPlaces = 10;

/** The report for a ticket: headings, short lists, nothing that a host would turn into a link, a mention or HTML. */
function write(report: Report, options: FormatOptions): string {
  const contract = toContract(report, options);
  const withInput = contract.inputs.length > 1;
  const lines = [
    '# Tokens found',
    '',
    `${tokenCount(contract.summary.tokens)}: ${summaryWords(contract)}. Judged at ${dateWords(contract.now)} by the ${escapeMarkdown(contract.policy)} policy.`,
    '',
  ];
  for (const token of contract.tokens) {
    const { may, mayNot, notStated } = privilegeWords(token);
    const user = userWords(token);
    lines.push(
      `## ${escapeMarkdown(headline(token))}`,
      '',
      `- Token: ${code(token.token)}`,
      `- Time: ${timeWords(token, contract.now)}`,
    );
    if (user) lines.push(`- User: ${escapeMarkdown(user)}`);
    if (may.length > 0) lines.push(`- May: ${may.join(', ')}`);
    if (mayNot.length > 0) lines.push(`- May not: ${mayNot.join(', ')}`);
    if (notStated.length > 0) lines.push(`- Not said: ${notStated.join(', ')}`);
    if (token.problem) lines.push(`- Damaged: ${escapeMarkdown(token.problem.message)}`);
    for (const sighting of token.sightings.slice(0, mostPlaces))
      lines.push(`- Seen in ${code(placeWords(sighting, { withInput }))}`);
    if (token.sightings.length > mostPlaces) lines.push(`- and ${token.sightings.length - mostPlaces} more places`);
    lines.push('', ...findingLines(token.findings));
  }
  if (contract.findings.length > 0) lines.push('## About several tokens', '', ...findingLines(contract.findings));
  if (contract.expectations.length > 0) {
    lines.push('## Expectations', '');
    for (const { name, held, says } of contract.expectations) {
      lines.push(`- [${held ? 'x' : ' '}] ${escapeMarkdown(name)}${held ? '' : `: ${escapeMarkdown(says)}`}`);
    }
    lines.push('');
  }
  const problems = [...contract.problems, ...contract.inputs.flatMap((input) => input.problems)];
  if (problems.length > 0) {
    lines.push('## Not read', '', ...problems.map(({ message }) => `- ${escapeMarkdown(message)}`), '');
  }
  return lines.join('\n');
}

function findingLines(findings: readonly ContractFinding[]): string[] {
  const shown = findings.filter(({ under, muted }) => under === null && muted === null);
  if (shown.length === 0) return [];
  return [
    '| Severity | Finding | What to do |',
    '| --- | --- | --- |',
    ...shown.map(({ severity, title, says, fix, rule, references }) => {
      const link = references[0]
        ? ` ([${escapeMarkdown(rule)}](${references[0].replace(/[()\s<>\\|`]/g, percentEncoded)}))`
        : ` (${escapeMarkdown(rule)})`;
      return `| ${severity} | **${escapeMarkdown(title)}** ${escapeMarkdown(says)}${link} | ${escapeMarkdown(fix)} |`;
    }),
    '',
  ];
}

function percentEncoded(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Words with nothing in them that Markdown, HTML or a code host reads as more than words. Balanced code spans are kept. */
function escapeMarkdown(text: string): string {
  return printable(text)
    .split(/(`[^`]+`)/)
    .map((piece) => (piece.startsWith('`') && piece.length > 2 ? piece.replaceAll('|', '\\|') : escapePlain(piece)))
    .join('');
}

/** Hosts look for mentions and numbers of issues after entities are resolved, so a gap without width keeps them apart. */
function isMark(sign: string): boolean {
  return sign === '@' || sign === '#';
}

function escapePlain(text: string): string {
  return text
    .replace(/[&<>]|[@#](?=\w)/g, (sign) => `&#${sign.charCodeAt(0)};${isMark(sign) ? '&#8203;' : ''}`)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replace(/\b(https?):\/\//g, '$1&#58;//')
    .replace(/\bwww\./g, 'www&#46;');
}

/** A code span around any text: its fence is longer than any run of backticks inside. */
function code(text: string): string {
  const clean = printable(text);
  // Not `Math.max(...)`: the runs of a hostile name are more than a call takes arguments.
  let longest = 0;
  for (const [run] of clean.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${clean} ${fence}`;
}
