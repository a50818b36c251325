import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';
import { endOfQuoted } from './quoted.ts';

/** Passwords of accounts in SQL, and rows that a statement adds: names of columns in brackets, then the values, row for row. */
export const sqlValues: Structure = {
  id: 'sql-values',
  signs: ['VALUES', 'values', 'Values', 'PASSWORD', 'password', 'IDENTIFIED', 'identified'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: value = '' } of text.matchAll(account)) {
      const start = index + whole.length - value.length - 1;
      yield { start, end: start + value.length, name: 'password', held: 'text', suspicion: 'certain', at: 'account' };
    }
    const statements = new RegExp(insert);
    for (let found = statements.exec(text); found; found = statements.exec(text)) {
      const columns = (found[1] ?? '').split(',').map((column) => column.trim());
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
  /\b(?:insert|replace)\s{1,20}(?:\w{1,20}\s{1,20}){0,2}into\s{1,20}[\w."`[\]]{1,200}\s{0,20}\(([^()]{1,4000})\)\s{0,20}values\s{0,20}/gi;

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
      const end = endOfQuoted(text, at + 1, "'");
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
