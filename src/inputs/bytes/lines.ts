import type { ByteWindow } from './byte-window.ts';
import { byteWork } from './byte-work.ts';

/** One line of an input, without its end. */
export interface Line {
  text: string;
  /** Counts from 1. */
  number: number;
  /** In bytes. */
  start: number;
}

/** Longest line that is held whole, in bytes: what is longer comes in pieces, each as a line of the same number. */
const longest = 64 << 20;

/** The lines of an input one after the other, however long it is. A byte order mark is no part of the first. */
export async function* linesIn(window: ByteWindow): AsyncGenerator<Line> {
  let start = 0;
  let searched = 0;
  for (let number = 1; ; ) {
    const end = window.base + window.length;
    const found = byteWork.indexOf(window.bytes(searched, end), 0x0a);
    const isLong = found < 0 && end - start >= longest;
    if (found < 0 && !isLong && !window.ended) {
      searched = end;
      await window.fill();
      continue;
    }
    const stop = found < 0 ? end : searched + found;
    if (found < 0 && window.ended && stop === start) return;
    const text = byteWork.utf8(window.bytes(start, stop)).replace(/\r$/, '');
    yield { text: start === 0 ? text.replace(/^\ufeff/, '') : text, number, start };
    start = found < 0 ? stop : stop + 1;
    searched = start;
    window.discard(start);
    if (found >= 0) number += 1;
    else if (window.ended) return;
  }
}

/** Characters of lines that are put together: each line by itself takes more time to search than what stands in it. */
const mostTogether = 1 << 18;

/** Puts lines that follow one another together, and hands them on when there are enough, or when asked to. */
export function joinLines(
  handOn: (stretch: { text: string; start: number; from: { line: number; column: number } }) => void,
) {
  let lines: string[] = [];
  let length = 0;
  let first: Line | null = null;
  function end(): void {
    if (first && length > lines.length)
      handOn({ text: lines.join('\n'), start: first.start, from: { line: first.number, column: 1 } });
    lines = [];
    length = 0;
    first = null;
  }
  return {
    add(line: Line): void {
      first ??= line;
      lines.push(line.text);
      length += line.text.length + 1;
      if (length >= mostTogether) end();
    },
    end,
  };
}
