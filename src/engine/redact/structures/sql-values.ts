import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** Rows that a statement of SQL adds: names of columns in brackets, then the values, row for row. */
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
      const columns = (found[1] ?? '').split(',').map((column) => suspicionOf(column.trim(), 'member'));
      row.lastIndex = statements.lastIndex;
      for (let next = row.exec(text); next; next = row.exec(text)) {
        if (columns.some(Boolean))
          yield* valuesIn(next[1] ?? '', row.lastIndex - 1 - (next[1] ?? '').length, columns, found[1] ?? '');
        statements.lastIndex = row.lastIndex;
      }
    }
  },
};

/** `CREATE USER … IDENTIFIED BY '…'`, `WITH PASSWORD '…'`. */
const account =
  /\b(?:identified\s{1,8}(?:with\s{1,8}[\w']{1,60}\s{1,8})?(?:by|as)|(?:with|set)\s{1,8}(?:encrypted\s{1,8})?password)\s{1,8}(?:=\s{0,8})?'([^'\r\n]{1,4096})'/gi;

const insert =
  /\b(?:insert|replace)\s{1,20}(?:\w{1,20}\s{1,20}){0,2}into\s{1,20}[\w."`[\]]{1,200}\s{0,20}\(([^()]{1,4000})\)\s{0,20}values\s{0,20}/gi;
const row = /,?\s{0,200}\(((?:'(?:[^'\\]|\\.|''){0,100000}'|[^'()]|\(\)){0,4000})\)/y;

function* valuesIn(
  values: string,
  at: number,
  columns: ReturnType<typeof suspicionOf>[],
  names: string,
): Generator<Slot> {
  let column = 0;
  for (const { index, 0: cell } of values.matchAll(
    /\s{0,200}(?:'(?:[^'\\]|\\.|''){0,100000}'|[^',]{1,4000})(?:,|$)/g,
  )) {
    const suspicion = columns[column];
    const name = names.split(',')[column]?.trim() ?? '';
    column += 1;
    const inner = /'([\s\S]*)'/.exec(cell);
    if (!suspicion || !inner) continue;
    const start = at + index + inner.index + 1;
    if (inner[1]) yield { start, end: start + inner[1].length, name, held: 'member', suspicion, at: 'column' };
  }
}
