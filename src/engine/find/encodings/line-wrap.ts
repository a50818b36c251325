import type { Encoding } from './encoding.ts';

/** Lines broken at a fixed width, as mail and PEM-like files do: joined only where a whole line goes on in the next. */
export const lineWrap: Encoding = {
  id: 'line-wrap',
  name: 'wrapped lines',
  tried: ['header', 'lines'],
  sign: '\n',
  isGuess: true,
  peel(text, at, most, from) {
    // Asked first, as the line may be all of a script: it ends with the piece that is here.
    whole.lastIndex = at;
    whole.test(text);
    if (!isBreak(text, whole.lastIndex)) return null;
    let start = at;
    while (start > from && at - start < most && !isBreak(text, start - 1)) start -= 1;
    let line = lineAt(text, start) ?? restOfLine(text, at, start);
    if (!line || !isBreak(text, line.end)) return null;
    // The first line of a value may have a name before it; the ones that follow are nothing but token.
    const width = line.width ?? line.end - line.start;
    if (width < 40) return null;
    start = line.start;
    const isRest = line.width !== undefined;
    for (
      let before = isRest ? null : lineBefore(text, start);
      before && before.end - before.start === width && !beginsToken(text, start, before.end);
      before = lineBefore(text, start)
    ) {
      start = before.start;
      if (at - start > most || start <= from) break;
    }
    let joined = '';
    let end = start;
    let isFirst = true;
    let isPartial = false;
    for (line = lineAt(text, start); line; line = lineAt(text, nextLine(text, line.end))) {
      const length = line.end - line.start;
      isPartial = line.end - start > most;
      if (length === 0 || length > width || isPartial) break;
      if (end > start && beginsToken(text, line.start, end)) break;
      joined += text
        .slice(line.start, line.end)
        .replace(/=$/, (length === width || isFirst) && isBreak(text, line.end) ? '' : '=');
      end = line.end;
      if ((length < width && !(isFirst && isRest)) || line.end >= text.length) break;
      isFirst = false;
    }
    // One full line proves little, unless it has a usual width.
    const fullLines = Math.floor(joined.length / width);
    if (fullLines < 2 && width !== 64 && width !== 76) return null;
    return end > start + width ? { start, end, text: joined, isPartial } : null;
  },
};

/** Tokens in lines, one below the other, are of one width, too: what goes on behind a dot is the claims of the line before. */
function beginsToken(text: string, start: number, endBefore: number): boolean {
  return text.startsWith('eyJ', start) && text.charAt(endBefore - 1) !== '.';
}

/**
 * The piece of a token that ends a line behind something else, where the lines that follow are as long as the piece or as the whole
 * line, with a shorter one behind them.
 */
function restOfLine(text: string, at: number, lineStart: number): Line | null {
  let start = at;
  while (start > lineStart && /[\w.~+/=-]/.test(text.charAt(start - 1))) start -= 1;
  const line = lineAt(text, start);
  if (!line || line.start !== start || line.end - start < 20) return null;
  const next = lineAt(text, nextLine(text, line.end));
  if (!next) return null;
  const width = next.end - next.start;
  return width === line.end - start || width === line.end - lineStart ? { ...line, width } : null;
}

interface Line {
  start: number;
  end: number;
  /** Characters of the lines that follow, where the first is not as long. */
  width?: number;
}

const whole = /[\w.~+/=-]*/y;

/** The line that starts here, without indentation; null when it holds anything but token characters. */
function lineAt(text: string, from: number): Line | null {
  let start = from;
  while (text.charCodeAt(start) === 0x20 || text.charCodeAt(start) === 0x09) start += 1;
  whole.lastIndex = start;
  whole.test(text);
  const end = whole.lastIndex;
  return end >= text.length || isBreak(text, end) ? { start, end } : null;
}

function lineBefore(text: string, start: number): { start: number; end: number } | null {
  let end = start;
  while (end > 0 && (text.charCodeAt(end - 1) === 0x20 || text.charCodeAt(end - 1) === 0x09)) end -= 1;
  if (end === 0 || !isBreak(text, end - 1)) return null;
  end -= 1;
  if (end > 0 && text.charCodeAt(end) === 0x0a && text.charCodeAt(end - 1) === 0x0d) end -= 1;
  let from = end;
  while (from > 0 && end - from < 1000 && !isBreak(text, from - 1)) from -= 1;
  const line = lineAt(text, from);
  return line && line.end === end ? line : null;
}

function nextLine(text: string, end: number): number {
  return end + (text.charCodeAt(end) === 0x0d && text.charCodeAt(end + 1) === 0x0a ? 2 : 1);
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 0x0a || code === 0x0d;
}
