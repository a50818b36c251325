import type { Slot, Structure } from '../context.ts';
import { type Suspicion, suspicionOf } from '../suspicion.ts';
import { closingQuote } from './quoted.ts';

/** Columns of tables in plain text, told by the line above them: CSV, TSV, Markdown, and what databases and tools print. */
export const tables: Structure = {
  id: 'tables',
  signs: ['\n', '\r'],
  *slots(text, { isProgram }): Generator<Slot> {
    if (isProgram()) return;
    let columns: Columns | null = null;
    for (const { start, end } of records(text)) {
      const line = text.slice(start, end);
      if (columns && isRule(line)) continue;
      const cells: Cell[] = columns ? cellsOf(line, columns.divider) : [];
      if (columns && cells.length > 1) {
        yield* valuesOf(cells, start, columns);
        continue;
      }
      columns = headOf(line, text, end);
    }
  },
};

type Divider = ',' | '\t' | ';' | '|' | 'spaces';

interface Columns {
  divider: Divider;
  all: { name: string; suspicion: Suspicion }[];
  /** Where the name of a cookie stands, its value, and what is no credential whatever it is called, in a table of cookies. */
  cookie: { name: number; value: number; others: number[] } | null;
}

interface Cell {
  start: number;
  end: number;
  text: string;
}

const breaks = /\r\n|\n|\r/g;

/** Lines; one that ends within quotes goes on in the next, for a few thousand characters. */
function* records(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  let quotes = 0;
  let from = 0;
  // Looked for once and kept, as a text may have many lines and no quote.
  let quote = text.indexOf('"');
  for (const { index, 0: feed } of text.matchAll(breaks)) {
    for (; quote >= 0 && quote < index; quote = text.indexOf('"', quote + 1)) quotes += 1;
    from = index + feed.length;
    if (
      quotes % 2 === 1 &&
      index - start < longestRecord &&
      /[,;\t]/.test(text.slice(start, Math.min(index, start + 400)))
    )
      continue;
    if (index > start) yield { start, end: index };
    else yield { start, end: start };
    start = from;
    quotes = 0;
  }
  if (start < text.length) yield { start, end: text.length };
}

const longestRecord = 4000;

/** `| --- |`, `----+----`. */
function isRule(line: string): boolean {
  return /^(?=.*[-=─═━])[-+|=: \t│┼├┤─═║╪╞╡━┃╇┡┩]{3,4000}$/.test(line);
}

/** A line that names columns, one of which tells of a credential. */
function headOf(line: string, text: string, end: number): Columns | null {
  if (line.length < 5 || line.length > 4000) return null;
  for (const divider of dividers) {
    if (!isDividedBy(line, divider)) continue;
    const cells = cellsOf(line, divider);
    if (
      cells.filter(({ text: name }) => name !== '').length < 2 ||
      !cells.every((cell) => (divider === 'spaces' ? capitals : columnName).test(cell.text))
    )
      continue;
    const all = cells.map(({ text: name }) => ({ name, suspicion: columnSuspicion(name, divider) }));
    const cookie = cookieColumns(all);
    if (!cookie && !all.some(({ suspicion }) => suspicion)) continue;
    if (divider !== '|' || hasRuleBelow(text, end)) return { divider, all, cookie };
  }
  return null;
}

/** A table of cookies has a column for names, one for values and one for hosts. */
function cookieColumns(all: Columns['all']): Columns['cookie'] {
  const plain = all.map(({ name }) => name.toLowerCase().replace(/[^a-z]/g, ''));
  const [name, value] = [plain.indexOf('name'), plain.indexOf('value')];
  const host = plain.findIndex((one) => ['domain', 'host', 'hostkey'].includes(one));
  return name >= 0 && value >= 0 && host >= 0 ? { name, value, others: [name, host] } : null;
}

const dividers: readonly Divider[] = [',', '\t', ';', '|', 'spaces'];

/** In sentences a space follows a comma, in lists of columns none. */
function isDividedBy(line: string, divider: Divider): boolean {
  if (divider === 'spaces') return line.trim().includes('  ');
  if (divider === '|') return /[|│┃║]/.test(line);
  return line.includes(divider) && (divider === '\t' || !line.includes(`${divider} `));
}

/** Tables of Markdown explain names more often than they list secrets: there only what looks random goes. */
function columnSuspicion(name: string, divider: Divider): Suspicion {
  const suspicion = suspicionOf(name, 'member');
  return suspicion && divider === '|' ? 'likely' : suspicion;
}

function hasRuleBelow(text: string, end: number): boolean {
  return isRule(
    text
      .slice(end, end + 4000)
      .replace(/^\r?\n|\r/, '')
      .split(/[\r\n]/, 1)[0] ?? '',
  );
}

const columnName = /^[^\r\n"'=<>{}\\:()]{0,60}(?:\([^()]{0,40}\))?$/;
const capitals = /^[A-Z][A-Z0-9_() /-]{1,60}$/;

function* valuesOf(cells: readonly Cell[], at: number, { all, cookie }: Columns): Generator<Slot> {
  for (const [index, { start, end }] of cells.entries()) {
    if (end <= start || cookie?.others.includes(index)) continue;
    const place = { start: at + start, end: at + end };
    const { name, suspicion } = all[index] ?? { name: '', suspicion: null };
    if (index === cookie?.value) {
      const own = cells[cookie.name]?.text ?? '';
      yield { ...place, name: own, held: 'cookie', suspicion: suspicionOf(own, 'cookie'), at: 'cookie' };
    } else if (suspicion) yield { ...place, name, held: 'member', suspicion, at: 'column' };
  }
}

/** The cells of a line without their quotes and the spaces around; a divider at the edge makes no cell. */
function cellsOf(line: string, divider: Divider): Cell[] {
  const cells: Cell[] = [];
  const sign = divider === '|' ? /[|│┃║]/g : divider === 'spaces' ? / {2,}/g : new RegExp(divider, 'g');
  const isFramed = divider === '|' || divider === 'spaces';
  let start = isFramed ? (/^\s*[|│┃║]?/.exec(line)?.[0].length ?? 0) : 0;
  const stop = isFramed ? line.length - (/[|│┃║]?\s*$/.exec(line)?.[0].length ?? 0) : line.length;
  while (start <= stop && cells.length < 1000) {
    sign.lastIndex = line.charCodeAt(start) === 0x22 ? endOfCell(line, start + 1) : start;
    const found = sign.exec(line);
    const close = found && found.index < stop ? found.index : stop;
    cells.push(trimmed(line, start, close));
    start = close + (found && close < stop ? found[0].length : 1);
  }
  return cells;
}

/** The quote that ends a cell in quotes, or the end of the line. */
function endOfCell(line: string, from: number): number {
  const close = closingQuote(line, from, '"', { isDoubled: true });
  return close < 0 ? line.length : close;
}

function trimmed(line: string, from: number, to: number): Cell {
  const whole = line.slice(from, to);
  let start = from + whole.length - whole.trimStart().length;
  let end = from + whole.trimEnd().length;
  if (end - start >= 2 && /^(["'`])[\s\S]*\1$/.test(line.slice(start, end))) {
    start += 1;
    end -= 1;
  }
  return { start, end: Math.max(start, end), text: line.slice(start, Math.max(start, end)) };
}
