import type { Codec } from '../codecs/codec.ts';
import { htmlEntities } from '../codecs/html-entities.ts';
import { joinedLines } from '../codecs/joined-lines.ts';
import { jsonString } from '../codecs/json-string.ts';
import { percent } from '../codecs/percent.ts';
import { quotedPrintable } from '../codecs/quoted-printable.ts';
import type { Slot, Structure } from '../context.ts';

/** Stretches around `sign` that `stops` end, read through a codec. */
function stretches(id: string, mark: string, sign: RegExp, stops: RegExp, codec: Codec): Structure {
  return {
    id,
    signs: [mark],
    *slots(text): Generator<Slot> {
      let done = 0;
      for (let at = text.search(sign); at >= 0; at = next(text, sign, done)) {
        let start = at;
        while (start > done && !stops.test(text.charAt(start - 1))) start -= 1;
        let end = at + 1;
        while (end < text.length && !stops.test(text.charAt(end))) end += 1;
        yield { start, end, codec, held: 'text', isEncoded: true, at: id };
        done = end;
      }
    },
  };
}

function next(text: string, sign: RegExp, from: number): number {
  const global = new RegExp(sign.source, 'g');
  global.lastIndex = from;
  return global.exec(text)?.index ?? -1;
}

export const percentStretches = stretches('percent', '%', /%[0-9a-fA-F]{2}/, /[\s"'<>`]/, percent);
export const entityStretches = stretches('html-entities', '&', /&(?:#|[a-zA-Z]{2,9};)/, /[<>"\r\n]/, htmlEntities);
export const scriptStretches = stretches(
  'json-string',
  '\\',
  /\\(?:["'/\\]|u[0-9a-fA-F]{4}|u\{|x[0-9a-fA-F]{2}|n)/,
  /[\r\n]/,
  jsonString,
);

/** Paragraphs in quoted-printable, in which every `=` begins a sign or ends a line that goes on. */
export const quotedPrintableText: Structure = {
  id: 'quoted-printable',
  signs: ['='],
  *slots(text): Generator<Slot> {
    if (!sign.test(text)) return;
    let start = 0;
    for (const { index, 0: gap } of text.matchAll(/(?:\r?\n){2}|$/g)) {
      const paragraph = text.slice(start, index);
      if (sign.test(paragraph) && !/=(?![0-9A-Fa-f]{2}|[ \t]{0,8}\r?\n|$)/.test(paragraph))
        yield {
          start,
          end: index,
          codec: quotedPrintable,
          held: 'text',
          isEncoded: true,
          at: 'quoted-printable',
        };
      start = index + gap.length;
    }
  },
};

const sign = /=\r?\n|=[0-9A-F]{2}/;

/** Lines that are nothing but one long value broken up, and the end of the line before them that begins it. */
export const brokenLines: Structure = {
  id: 'broken-lines',
  signs: ['\n'],
  *slots(text): Generator<Slot> {
    const lines = new RegExp(beginning);
    for (let found = lines.exec(text); found; found = lines.exec(text)) {
      const end = endOfLines(text, lines.lastIndex);
      if (end > lines.lastIndex)
        yield { start: found.index, end, codec: joinedLines, held: 'text', isEncoded: true, at: 'lines' };
      lines.lastIndex = Math.max(end, lines.lastIndex);
    }
  },
};

/** Token characters at the end of a line. */
const beginning = /[\w.~+/-]{16,}={0,2}(?=\r?\n)/g;
const line = /\r?\n([ \t]{0,80}(?:[>|*][ \t]?){0,8})(data:[ \t]?)?([\w.~+/-]{2,}={0,2})(?=\s|$|["'<])/y;

/** Lines of one width, and a shorter one at the end; in an event stream lines of any width. */
function endOfLines(text: string, from: number): number {
  let end = from;
  let width = 0;
  for (let lines = 0; ; lines += 1) {
    line.lastIndex = end;
    const [, , isEvent, piece = ''] = line.exec(text) ?? [];
    if (piece === '' || (width > 0 && piece.length > width && isEvent === undefined)) return end;
    if (lines === 0 && piece.length < 8) return end;
    end = line.lastIndex;
    if (width > 0 && piece.length < width && isEvent === undefined) return end;
    width = Math.max(width, piece.length);
  }
}
