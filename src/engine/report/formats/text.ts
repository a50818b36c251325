import type { Report, Severity } from '../../model/report.ts';
import { type DocumentFinding, type DocumentToken, type ReportDocument, toDocument } from '../report-document.ts';
import type { Format, FormatOptions } from './format.ts';
import { printable, shortened } from './printable.ts';
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

export const text: Format = {
  id: 'text',
  name: 'text',
  isForTerminal: true,
  type: 'text/plain',
  extension: 'txt',
  write,
};

/** Places listed of one token; the rest is counted. */
const mostPlaces = 8;
/** Characters of one row, but for a token, which is shown whole. */
const longestRow = 4000;

/** The report for people at a terminal: aligned, wrapped, the worst first. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const { width = 100, color = false } = options;
  const paint = color ? painted : (_: Style, words: string) => words;
  const lines: string[] = [];
  const withInput = written.inputs.length > 1;

  for (const token of written.tokens) {
    describe(token);
    lines.push('');
  }
  if (written.findings.length > 0) {
    lines.push(paint('bold', 'About several tokens'));
    for (const finding of written.findings) judge(finding);
    lines.push('');
  }
  if (written.expectations.length > 0) {
    lines.push(paint('bold', 'Expectations'));
    for (const { name, held, says } of written.expectations) {
      const mark = held ? paint('green', 'held  ') : paint('red', 'FAILED');
      row(mark, 'FAILED'.length, shortened(`${name}${held ? '' : `: ${says}`}`, longestRow));
    }
    lines.push('');
  }
  for (const problem of [...written.problems, ...written.inputs.flatMap((input) => input.problems)].slice(0, 20)) {
    const offset = problem.offset === null ? '' : ` (at ${problem.offset})`;
    row(
      'note',
      'note'.length,
      shortened(`${problem.message}${problem.subject ? ` ${problem.subject}` : ''}${offset}`, longestRow),
    );
  }
  lines.push(...wrap(printable(closing(written)), width));
  return `${lines.join('\n')}\n`;

  function describe(token: DocumentToken): void {
    // Indented where it goes on: a room's name must not begin what reads as the next token.
    const [first = '', ...rest] = wrap(shortened(printable(headline(token)), longestRow), width);
    lines.push(paint('bold', first), ...rest.map((line) => ' '.repeat(label + 4) + line));
    row('token', label, token.token);
    row('time', label, timeWords(token, written.now));
    const user = userWords(token);
    if (user) row('user', label, shortened(user, longestRow));
    const { may, mayNot, notStated } = privilegeWords(token);
    if (may.length > 0) row('may', label, may.join(', '));
    if (mayNot.length > 0) row('may not', label, mayNot.join(', '));
    if (notStated.length > 0) row('not said', label, notStated.join(', '));
    for (const [index, sighting] of token.sightings.slice(0, mostPlaces).entries()) {
      row(index === 0 ? 'seen in' : '', label, shortened(placeWords(sighting, { withInput }), longestRow));
    }
    if (token.sightings.length > mostPlaces) row('', label, `and ${token.sightings.length - mostPlaces} more places`);
    if (token.problem) row('damaged', label, shortened(token.problem.message, longestRow));
    for (const finding of token.findings) if (finding.under === null) judge(finding);
  }

  function judge(finding: DocumentFinding): void {
    const mark = finding.muted === null ? finding.severity : 'muted';
    const says = shortened(
      finding.says === finding.title ? finding.title : `${finding.title}: ${finding.says}`,
      longestRow,
    );
    row(paint(styles[finding.severity], mark), label, `${says} [${finding.rule}]`, mark.length);
    if (finding.fix && finding.muted === null) row('', label, finding.fix);
  }

  /** One aligned row; the value wraps under itself, and nothing in it begins a line of its own. `shown` is the visible length of a painted name. */
  function row(name: string, column: number, value: string, shown = name.length): void {
    const visible = Math.min(shown, column);
    const indent = ' '.repeat(column + 4);
    const [first = '', ...rest] = wrap(printable(value), Math.max(20, width - indent.length));
    lines.push(`  ${name}${' '.repeat(column - visible + 2)}${first}`, ...rest.map((line) => indent + line));
  }
}

const label = 'critical'.length;

function closing(written: ReportDocument): string {
  const { summary, inputs, now, policy } = written;
  const unreadable =
    summary.unreadableInputs > 0 ? `, ${summary.unreadableInputs} of ${inputs.length} inputs could not be read` : '';
  const held = written.expectations.filter((one) => one.held).length;
  const expected =
    written.expectations.length > 0 ? `, ${held} of ${written.expectations.length} expectations held` : '';
  return `${tokenCount(summary.tokens)}: ${summaryWords(written)}${expected}${unreadable}. Judged at ${dateWords(now)} by the ${policy} policy.`;
}

/** Breaks at spaces; a word longer than the line stands alone on it. */
function wrap(words: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}

type Style = 'bold' | 'red' | 'yellow' | 'cyan' | 'green' | 'dim';

const codes: Record<Style, number> = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 };
const styles: Record<Severity, Style> = { critical: 'red', high: 'red', medium: 'yellow', low: 'cyan', info: 'dim' };

function painted(style: Style, words: string): string {
  return `\u001b[${codes[style]}m${words}\u001b[0m`;
}
