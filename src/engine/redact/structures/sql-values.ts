import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';
import { closingQuote } from './quoted.ts';

/** Passwords of accounts in SQL, and rows that a statement adds: names of columns in brackets, then the values, row for row. */
export const sqlValues: Structure = {
  id: 'sql-values',
  signs: ['VALUES', 'values', 'Values', 'COPY', 'copy', 'PASSWORD', 'password', 'IDENTIFIED', 'identified'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: value = '' } of text.matchAll(account)) {
      const start = index + whole.length - value.length - 1;
      yield { start, end: start + value.length, name: 'password', held: 'text', suspicion: 'certain', at: 'account' };
    }
    yield* copiedRows(text);
    const tablesOf = columnsByTable(text);
    const statements = new RegExp(insert);
    for (let found = statements.exec(text); found; found = statements.exec(text)) {
      const named = found[2]?.split(',').map((column) => column.trim());
      const columns = named ?? tablesOf.get(bareName(found[1] ?? '')) ?? [];
      const isTelling = columns.some((column) => suspicionOf(column, 'member'));
      let at = statements.lastIndex;
      for (let row = rowAt(text, at); row; row = rowAt(text, at)) {
        if (isTelling) yield* tellingValues(row.values, columns);
        at = row.end;
      }
      statements.lastIndex = at;
    }
  },
};

/** `CREATE USER … IDENTIFIED BY '…'`, `WITH PASSWORD '…'`. */
const account =
  /\b(?:identified\s{1,8}(?:with\s{1,8}[\w']{1,60}\s{1,8})?(?:by|as)|(?:with|set)\s{1,8}(?:encrypted\s{1,8})?password)\s{1,8}(?:=\s{0,8})?'([^'\r\n]{1,4096})'/gi;

const insert =
  /\b(?:insert|replace)\s{1,20}(?:\w{1,20}\s{1,20}){0,2}into\s{1,20}([\w."`[\]]{1,200})\s{0,20}(?:\(([^()]{1,4000})\)\s{0,20})?values\s{0,20}/gi;

/** Rows between `COPY … FROM stdin` and `\\.`, as pg_dump writes them: values between tabs. */
function* copiedRows(text: string): Generator<Slot> {
  const copies = new RegExp(copy);
  for (let found = copies.exec(text); found; found = copies.exec(text)) {
    const columns = (found[1] ?? '').split(',').map((column) => column.trim().replace(/"/g, ''));
    const stop = text.indexOf('\n\\.', found.index);
    const end = stop < 0 ? text.length : stop;
    let at = found.index + found[0].length;
    while (at < end) {
      const feed = text.indexOf('\n', at);
      const lineEnd = feed < 0 || feed > end ? end : feed;
      let start = at;
      for (const [index, cell] of text.slice(at, lineEnd).split('\t').entries()) {
        const name = columns[index] ?? '';
        const suspicion = suspicionOf(name, 'member');
        if (suspicion && cell !== '' && cell !== '\\N')
          yield { start, end: start + cell.trimEnd().length, name, held: 'member', suspicion, at: 'column' };
        start += cell.length + 1;
      }
      at = lineEnd + 1;
    }
    copies.lastIndex = Math.max(end, copies.lastIndex);
  }
}

const copy = /^copy\s{1,8}[\w."]{1,200}\s{0,8}\(([^()]{1,4000})\)\s{1,8}from\s{1,8}stdin[^\r\n]{0,200}\r?\n/gim;

/** Names of columns by the name of their table, as the statements that make the tables tell. */
function columnsByTable(text: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const { 1: name = '', 2: body = '' } of text.matchAll(create)) {
    const columns = body
      .split(/,\s{0,200}(?=["`[A-Za-z_])/)
      .map((column) => bareName(column.trim().split(/\s/, 1)[0] ?? ''));
    tables.set(bareName(name), columns);
  }
  return tables;
}

const create =
  /\bcreate\s{1,8}(?:temp(?:orary)?\s{1,8})?table\s{1,8}(?:if\s{1,8}not\s{1,8}exists\s{1,8})?([\w."`[\]]{1,200})\s{0,20}\(([^;]{1,20000})/gi;

function bareName(name: string): string {
  return (name.split('.').at(-1) ?? '').replace(/["`[\]]/g, '').toLowerCase();
}

interface Value {
  start: number;
  end: number;
}

/** The values of a row in brackets, null for those that are no text; null when no row follows. */
function rowAt(text: string, from: number): { values: (Value | null)[]; end: number } | null {
  rowStart.lastIndex = from;
  if (!rowStart.test(text)) return null;
  const values: (Value | null)[] = [];
  let at = rowStart.lastIndex;
  let value: Value | null = null;
  let depth = 0;
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === "'") {
      const close = closingQuote(text, at + 1, "'", { isDoubled: true });
      const end = close < 0 ? text.length : close;
      value = { start: at + 1, end };
      at = end;
    } else if (char === '(') depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    else if (char === ',' || char === ')') {
      if (depth > 0) continue;
      values.push(value);
      value = null;
      if (char === ')') return { values, end: at + 1 };
    } else if (char === ';') break;
  }
  return { values: [...values, value], end: at };
}

const rowStart = /,?\s{0,200}\(/y;

function* tellingValues(values: readonly (Value | null)[], columns: readonly string[]): Generator<Slot> {
  for (const [index, value] of values.entries()) {
    const name = columns[index] ?? '';
    const suspicion = suspicionOf(name, 'member');
    if (suspicion && value && value.end > value.start)
      yield { ...value, name, held: 'member', suspicion, at: 'column' };
  }
}
