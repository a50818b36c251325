import type { Report } from '../../model/report.ts';
import { inQuotes, type SentencePart } from '../../page-sentence/page-sentence.ts';
import { type DocumentFinding, toDocument } from '../report-document.ts';
import { reportSentence } from '../report-sentence.ts';
import type { Format, FormatOptions } from './format.ts';
import { codeSpan, escapeMarkdown, linkTarget } from './markdown-text.ts';
import {
  damageWords,
  dateWords,
  expectationName,
  headline,
  journeyLines,
  placeWords,
  privilegeWords,
  siteWords,
  summaryWords,
  timeWords,
  tokenCount,
  userWords,
} from './report-words.ts';

export const markdown: Format = { id: 'markdown', name: 'Markdown', type: 'text/markdown', extension: 'md', write };

const mostPlaces = 10;

/** The report for a ticket: headings, short lists, nothing that a host would turn into a link, a mention or HTML. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const withInput = written.inputs.length > 1;
  const sentence = reportSentence(report, options);
  const lines = [
    `# ${escapeMarkdown(`Tokens ${siteWords(written, options)}`)}`,
    '',
    ...(sentence ? [sentence.parts.map(sentencePart).join('').trim(), ''] : []),
    `${tokenCount(written.summary.tokens)}: ${summaryWords(written)}. Judged at ${dateWords(written.now)} by the ${escapeMarkdown(written.policy)} policy.`,
    '',
  ];
  for (const token of written.tokens) {
    const { may, mayNot, notStated } = privilegeWords(token);
    const user = userWords(token);
    lines.push(
      `## ${escapeMarkdown(headline(token))}`,
      '',
      `- Token: ${codeSpan(token.token)}`,
      `- Time: ${timeWords(token, written.now)}`,
    );
    if (user) lines.push(`- User: ${escapeMarkdown(user)}`);
    if (may.length > 0) lines.push(`- May: ${may.join(', ')}`);
    if (mayNot.length > 0) lines.push(`- May not: ${mayNot.join(', ')}`);
    if (notStated.length > 0) lines.push(`- Not said: ${notStated.join(', ')}`);
    const damage = damageWords(token);
    if (damage) lines.push(`- Damaged: ${escapeMarkdown(damage)}`);
    for (const sighting of token.sightings.slice(0, mostPlaces))
      lines.push(`- Seen in ${codeSpan(placeWords(sighting, { withInput }))}`);
    if (token.sightings.length > mostPlaces) lines.push(`- and ${token.sightings.length - mostPlaces} more places`);
    const way = journeyLines(token, written.tokens);
    if (way.length > 0) lines.push('- Its way:', ...way.map((line) => `  - ${escapeMarkdown(line)}`));
    lines.push('', ...findingLines(token.findings));
  }
  if (written.findings.length > 0) lines.push('## About several tokens', '', ...findingLines(written.findings));
  if (written.expectations.length > 0) {
    lines.push('## Expectations', '');
    for (const one of written.expectations) {
      const name = escapeMarkdown(expectationName(one));
      lines.push(`- [${one.held ? 'x' : ' '}] ${name}${one.held ? '' : `: ${escapeMarkdown(one.says)}`}`);
    }
    lines.push('');
  }
  const problems = [...written.problems, ...written.inputs.flatMap((input) => input.problems)];
  if (problems.length > 0) {
    lines.push('## Not read', '', ...problems.map(({ message }) => `- ${escapeMarkdown(message)}`), '');
  }
  return lines.join('\n');
}

function sentencePart(part: SentencePart): string {
  return part.as === 'code' ? codeSpan(part.text) : escapeMarkdown(inQuotes(part));
}

function findingLines(findings: readonly DocumentFinding[]): string[] {
  const shown = findings.filter(({ under, muted }) => under === null && muted === null);
  if (shown.length === 0) return [];
  return [
    '| Severity | Finding | What to do |',
    '| --- | --- | --- |',
    ...shown.map(({ severity, title, says, fix, rule, references }) => {
      const link = references[0]
        ? ` ([${escapeMarkdown(rule)}](${linkTarget(references[0])}))`
        : ` (${escapeMarkdown(rule)})`;
      return `| ${severity} | **${escapeMarkdown(title)}** ${escapeMarkdown(says)}${link} | ${escapeMarkdown(fix)} |`;
    }),
    '',
  ];
}
