import type { LineColumn } from '../engine/model/capture.ts';

/**
 * Lines and columns of offsets in a text. A byte order mark at the start of the whole counts as no column (SARIF 2.1.0 §3.30.2).
 *
 * @param from where the text starts in the whole
 * @param offsets in UTF-16 code units, in any order; one beyond the text stands for its end
 */
export function placesInLines(text: string, from: LineColumn, offsets: readonly number[]): Map<number, LineColumn> {
  const isStart = from.line === 1 && from.column === 1;
  const places = new Map<number, LineColumn>();
  let { line } = from;
  // Where column 1 of the line is, before the text perhaps.
  let lineAt = 1 - from.column + (isStart && text.startsWith('\ufeff') ? 1 : 0);
  let feed = text.indexOf('\n');
  for (const offset of [...new Set(offsets)].sort((a, b) => a - b)) {
    const at = Math.min(offset, text.length);
    for (; feed >= 0 && feed < at; feed = text.indexOf('\n', lineAt)) {
      line += 1;
      lineAt = feed + 1;
    }
    places.set(offset, { line, column: Math.max(1, at - lineAt + 1) });
  }
  return places;
}

/** Where the text ends, which is where the next one starts. */
export function endInLines(text: string, from: LineColumn): LineColumn {
  return placesInLines(text, from, [text.length]).get(text.length) ?? from;
}
