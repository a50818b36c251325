import type { Slot, Structure } from '../context.ts';
import { type Suspicion, suspicionOf } from '../suspicion.ts';
import { endOfQuoted } from './quoted.ts';

/** Columns of tables in plain text, told by the line above them: CSV, TSV, Markdown, and what databases print. */
export const tables: Structure = {
  id: 'tables',
  signs: ['\n'],
  *slots(text): Generator<Slot> {
    let columns: Columns | null = null;
    for (const { start, end } of lines(text)) {
      const line = text.slice(start, end);
      if (columns && isRule(line)) continue;
      const cells = columns ? cellsOf(line, columns.divider) : [];
      if (columns && cells.length === columns.all.length) {
        yield* valuesOf(cells, start, columns);
        continue;
      }
      columns = headOf(line);
    }
  },
};

interface Columns {
  divider: string;
  all: { name: string; suspicion: Suspicion }[];
}

interface Cell {
  start: number;
  end: number;
  text: string;
}

function* lines(text: string): Generator<{ start: number; end: number }> {
  let start = 0;
  for (let feed = text.indexOf('\n'); ; feed = text.indexOf('\n', start)) {
    const end = feed < 0 ? text.length : feed;
    if (end > start) yield { start, end: text.charCodeAt(end - 1) === 0x0d ? end - 1 : end };
    if (feed < 0) return;
    start = feed + 1;
  }
}

/** `| --- |`, `----+----`. */
function isRule(line: string): boolean {
  return /^[-+|=: \t]{3,4000}$/.test(line);
}

/** A line that names columns, one of which tells of a credential. */
function headOf(line: string): Columns | null {
  if (line.length > 4000) return null;
  for (const divider of [',', '\t', ';', '|']) {
    if (!line.includes(divider)) continue;
    const cells = cellsOf(line, divider);
    if (cells.length < 2 || !cells.every(({ text }) => columnName.test(text))) continue;
    const all = cells.map(({ text }) => ({ name: text, suspicion: suspicionOf(text, 'member') }));
    if (all.some(({ suspicion }) => suspicion)) return { divider, all };
  }
  return null;
}

const columnName = /^[\p{L}_][\p{L}\d_. -]{0,60}$/u;

function* valuesOf(cells: readonly Cell[], at: number, { all }: Columns): Generator<Slot> {
  for (const [index, { start, end }] of cells.entries()) {
    const { name, suspicion } = all[index] ?? { name: '', suspicion: null };
    if (suspicion && end > start)
      yield { start: at + start, end: at + end, name, held: 'member', suspicion, at: 'column' };
  }
}

/** The cells of a line without their quotes and the spaces around; a divider at the edge makes no cell. */
function cellsOf(line: string, divider: string): Cell[] {
  const cells: Cell[] = [];
  let start = divider === '|' && line.trimStart().startsWith('|') ? line.indexOf('|') + 1 : 0;
  const stop = divider === '|' && line.trimEnd().endsWith('|') ? line.lastIndexOf('|') : line.length;
  while (start <= stop && cells.length < 1000) {
    const close = endOfCell(line, start, divider, stop);
    cells.push(trimmed(line, start, close));
    start = close + 1;
  }
  return cells;
}

function endOfCell(line: string, start: number, divider: string, stop: number): number {
  const from = line.charCodeAt(start) === 0x22 ? endOfQuoted(line, start + 1, '"') : start;
  const end = line.indexOf(divider, from);
  return end < 0 || end > stop ? stop : end;
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
