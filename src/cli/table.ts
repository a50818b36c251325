import { printable } from '../engine/report/formats/printable.ts';

/** Rows as aligned columns; the last one wraps under itself at `width`. */
export function table(cells: readonly (readonly string[])[], width: number): string {
  const rows = cells.map((row) => row.map(printable));
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns - 1 }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const indent = widths.reduce((sum, one) => sum + one + 2, 0);
  return rows
    .map((row) => {
      const padded = widths.map((size, column) => `${row[column] ?? ''}`.padEnd(size + 2)).join('');
      const [first = '', ...rest] = wrap(row[columns - 1] ?? '', Math.max(20, width - indent));
      return [`${padded}${first}`, ...rest.map((line) => ' '.repeat(indent) + line)]
        .map((line) => `${line.trimEnd()}\n`)
        .join('');
    })
    .join('');
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines[lines.length - 1] ?? '';
    if (line && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
