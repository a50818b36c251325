import type { Report, Severity } from '../../model/report.ts';
import { quotedText } from '../../page-sentence/page-sentence.ts';
import { clip } from '../../text/sentence.ts';
import { type DocumentFinding, type DocumentToken, type ReportDocument, toDocument } from '../report-document.ts';
import { reportSentence } from '../report-sentence.ts';
import type { Format, FormatOptions } from './format.ts';
import { printable } from './printable.ts';
import {
  damageWords,
  dateWords,
  expectationName,
  headline,
  joinLines,
  journeyLines,
  outcomeReason,
  outcomeWord,
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
/** Problems listed of one report and its inputs. */
const mostProblems = 20;
/** Characters of one row, but for a token, which is shown whole. */
const longestRow = 4000;

/** A sheet of aligned rows, as wide as the terminal. */
interface Sheet {
  lines: string[];
  width: number;
  /** More than one input: places say which. */
  withInput: boolean;
  paint(style: Style, words: string): string;
}

/** The report for people at a terminal: aligned, wrapped, the worst first. */
function write(report: Report, options: FormatOptions): string {
  const written = toDocument(report, options);
  const { width = 100, color = false } = options;
  const paint = color ? painted : (_: Style, words: string) => words;
  const sheet: Sheet = { lines: [], width, withInput: written.inputs.length > 1, paint };
  writeSentence(sheet, report, options);
  for (const token of written.tokens) writeToken(sheet, token, written, options.page !== undefined);
  if (written.findings.length > 0) {
    sheet.lines.push(paint('bold', 'About several tokens'));
    for (const finding of written.findings) writeFinding(sheet, finding);
    sheet.lines.push('');
  }
  if (written.expectations.length > 0) writeExpectations(sheet, written.expectations);
  const problems = [...written.problems, ...written.inputs.flatMap((input) => input.problems)];
  for (const { message, subject, offset } of problems.slice(0, mostProblems)) {
    const at = offset === null ? '' : ` (at ${offset})`;
    writeRow(sheet, 'note', 'note'.length, clip(`${message}${subject ? ` ${subject}` : ''}${at}`, longestRow));
  }
  sheet.lines.push(...wrap(printable(closing(written)), width));
  return `${sheet.lines.join('\n')}\n`;
}

/** What is said before all else; indented where it goes on, as a token's head is. */
function writeSentence({ lines, width }: Sheet, report: Report, options: FormatOptions): void {
  const sentence = reportSentence(report, options);
  if (!sentence) return;
  const indent = label + 4;
  const [first = '', ...rest] = wrap(clip(printable(quotedText(sentence)), longestRow), width - indent);
  lines.push(first, ...rest.map((line) => ' '.repeat(indent) + line), '');
}

function writeToken(sheet: Sheet, token: DocumentToken, { now, tokens }: ReportDocument, withJoin: boolean): void {
  const { lines, width, withInput, paint } = sheet;
  const row = (name: string, value: string) => writeRow(sheet, name, label, value);
  // Indented where it goes on: a room's name must not begin what reads as the next token.
  const [first = '', ...rest] = wrap(clip(printable(headline(token)), longestRow), width);
  lines.push(paint('bold', first), ...rest.map((line) => ' '.repeat(label + 4) + line));
  row('token', token.token);
  row('time', timeWords(token, now));
  const user = userWords(token);
  if (user) row('user', clip(user, longestRow));
  const { may, mayNot, notStated } = privilegeWords(token);
  if (may.length > 0) row('may', may.join(', '));
  if (mayNot.length > 0) row('may not', mayNot.join(', '));
  if (notStated.length > 0) row('not said', notStated.join(', '));
  for (const [index, sighting] of token.sightings.slice(0, mostPlaces).entries()) {
    row(index === 0 ? 'seen in' : '', clip(placeWords(sighting, { withInput }), longestRow));
  }
  if (token.sightings.length > mostPlaces) row('', `and ${token.sightings.length - mostPlaces} more places`);
  for (const [index, line] of journeyLines(token, tokens).entries())
    row(index === 0 ? 'its way' : '', clip(line, longestRow));
  if (withJoin && token.join) {
    for (const [index, line] of joinLines(token.join).entries())
      row(index === 0 ? 'joining' : '', clip(line, longestRow));
  }
  const damage = damageWords(token);
  if (damage) row('damaged', clip(damage, longestRow));
  for (const finding of token.findings) if (finding.under === null) writeFinding(sheet, finding);
  lines.push('');
}

function writeFinding(sheet: Sheet, { severity, muted, says, title, rule, fix }: DocumentFinding): void {
  const mark = muted === null ? severity : 'muted';
  const words = clip(says === title ? title : `${title}: ${says}`, longestRow);
  writeRow(sheet, sheet.paint(styles[severity], mark), label, `${words} [${rule}]`, mark.length);
  if (fix && muted === null) writeRow(sheet, '', label, fix);
}

function writeExpectations(sheet: Sheet, expectations: ReportDocument['expectations']): void {
  sheet.lines.push(sheet.paint('bold', 'Expectations'));
  const column = Math.max(...expectations.map((one) => outcomeWord(one).length));
  for (const one of expectations) {
    const word = one.held ? outcomeWord(one) : outcomeWord(one).toUpperCase();
    const mark = sheet.paint(one.held ? 'green' : 'red', word);
    writeRow(
      sheet,
      mark,
      column,
      clip(`${expectationName(one)}${one.held ? '' : `: ${outcomeReason(one)}`}`, longestRow),
      word.length,
    );
  }
  sheet.lines.push('');
}

/** One aligned row; the value wraps under itself, and nothing in it begins a line of its own. `shown` is the visible length of a painted name. */
function writeRow({ lines, width }: Sheet, name: string, column: number, value: string, shown = name.length): void {
  const visible = Math.min(shown, column);
  const indent = ' '.repeat(column + 4);
  const [first = '', ...rest] = wrap(printable(value), Math.max(20, width - indent.length));
  lines.push(`  ${name}${' '.repeat(column - visible + 2)}${first}`, ...rest.map((line) => indent + line));
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
