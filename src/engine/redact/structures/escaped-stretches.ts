import { carets } from '../codecs/carets.ts';
import { type Codec, decodeMatches } from '../codecs/codec.ts';
import { htmlEntities } from '../codecs/html-entities.ts';
import { isChanged, joinedLines, leadOf } from '../codecs/joined-lines.ts';
import { jsonString } from '../codecs/json-string.ts';
import { percent } from '../codecs/percent.ts';
import { quotedPrintable } from '../codecs/quoted-printable.ts';
import type { Slot, Structure } from '../context.ts';
import { characterClass, runEnd, runStart } from '../runs.ts';
import { isUnfinished } from '../split-values.ts';

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
/** An argument for cmd.exe in quotes that have no meaning there, up to the end of its line. */
export const caretStretches = stretches('carets', '^"', /\^"/, /[\r\n]/, carets);
export const scriptStretches = stretches(
  'json-string',
  '\\',
  /\\(?:["'/\\]|u[0-9a-fA-F]{4}|u\{|x[0-9a-fA-F]{2}|n)/,
  /[\r\n]/,
  jsonString,
);

/** What terminals and logs put in between for colours, also as shells, `cat -v` and copies of a terminal spell it. */
export const colouredText: Structure = {
  id: 'colours',
  signs: ['\x1b[', '^[[', '\\033[', '\\e[', '[0m', '[39m', '[m'],
  *slots(text): Generator<Slot> {
    yield { start: 0, end: text.length, codec: colours, held: 'text', isEncoded: true, at: 'colours' };
  },
};

const colours: Codec = {
  id: 'colours',
  decode: (source) =>
    decodeMatches(
      source,
      /(?:\x1b|\^\[|\\033|\\e)\[[\d;:]{0,20}[A-Za-z]|\[\d{1,3}(?:;\d{1,3}){0,8}m(?!\])/g,
      (text) => text,
    ),
};

/** Paragraphs in quoted-printable, in which every `=` begins a sign or ends a line that goes on. */
export const quotedPrintableText: Structure = {
  id: 'quoted-printable',
  signs: ['='],
  *slots(text): Generator<Slot> {
    if (!sign.test(text)) return;
    let start = 0;
    for (const { index, 0: gap } of text.matchAll(/(?:\r?\n){2}|$/g)) {
      const paragraph = text.slice(start, index);
      if (isWritten(paragraph) && !/=(?![0-9A-Fa-f]{2}|[ \t]{0,8}\r?\n|$)/.test(paragraph))
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

/**
 * A sign in figures, or a line broken where it would be too long (RFC 2045 §6.7): base64 ends with `=`, too, in settings
 * and in logs of headers.
 */
function isWritten(paragraph: string): boolean {
  return (
    /=(?:0[9AD]|[2-9A-F][0-9A-F])/.test(paragraph) ||
    /[^\r\n]{40}=(?<![\w+/]{40}\r?\n[\w+/]{0,100}=)\r?\n(?![ \t]{0,40}(?:-[ \t>-]|[\w.-]{1,60}[ \t]{0,4}[:=]|[[>*|#]|<[ \t-]|\d{2,4}[-:/.]\d{2}|[^\r\n]{0,120}[\w-]:[ \t]))/.test(
      paragraph,
    )
  );
}

/** Lines that are nothing but one long value broken up, and the end of the line before them that begins it. */
export const brokenLines: Structure = {
  id: 'broken-lines',
  signs: ['\n'],
  *slots(text): Generator<Slot> {
    let done = 0;
    for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', Math.max(feed + 1, done))) {
      const stop = text.charCodeAt(feed - 1) === 0x0d ? feed - 1 : feed;
      const start = runStart(text, stop, pieceClass, done);
      const isWhole = stop - start < 16 || (text.startsWith('eyJ', start) && !isUnfinished(text.slice(start, stop)));
      const end = isWhole ? stop : endOfLines(text, start, stop);
      if (end > stop) yield { start, end, codec: joinedLines, held: 'text', isEncoded: true, at: 'lines' };
      done = Math.max(end, done);
    }
  },
};

/** Token characters, and the padding at the end of lines. */
const pieceClass = characterClass('\\w.~+/=-', 16);

/** Lines of one width, and a shorter one at the end; in an event stream lines of any width. */
function endOfLines(text: string, begin: number, from: number): number {
  const isToken = /(?:^|[^\w.-])eyJ[\w.-]{10}/.test(text.slice(begin, from).slice(0, 4096));
  const lead = leadOf(isToken && isChanged(text.slice(begin, begin + 4)));
  let joined = isToken ? text.slice(text.indexOf('eyJ', begin), from) : '';
  let end = from;
  let width = 0;
  for (let lines = 0; ; lines += 1) {
    if (joined.includes('.', joined.indexOf('.') + 1) && !isUnfinished(joined)) return end;
    lead.lastIndex = end;
    const [, event, marks = ''] = lead.exec(text) ?? [];
    const isEvent = event !== undefined;
    const start = Math.max(lead.lastIndex, end);
    const next = runEnd(text, start, pieceClass);
    const length = isWholePiece(text, start, next) ? next - start : 0;
    if (beginsToken(text, start, end) || (marks !== '' && !isToken)) return end;
    if (!isToken && !isEvent && word.test(text.slice(start, next))) return end;
    if (length < 2 || (width > 0 && length > width && !isEvent)) return end;
    if (lines === 0 && length < 8) return end;
    end = next;
    if (isToken) joined += text.slice(start, next);
    if (width > 0 && length < width && !isEvent) return end;
    if (lines === 0 && !isToken && !isEvent && length < from - begin && isOwnLine(text, begin)) return end;
    width = Math.max(width, length);
  }
}

/** A line of one word, in small letters but for the first, a number, or what stands between the parts of a mail. */
const word = /^(?:(?:[A-Za-z][a-z]{1,30}|\d{1,8})[.]{0,3}|--.*)$/;

function isOwnLine(text: string, start: number): boolean {
  return /(?:^|[\r\n])[ \t>|*]{0,40}$/.test(text.slice(Math.max(0, start - 41), start));
}

/** A token of its own in the next line, and not the claims of one that was broken behind its header. */
function beginsToken(text: string, start: number, before: number): boolean {
  return /^e(?:yJ|wo|yA)/.test(text.slice(start, start + 3)) && text.charAt(before - 1) !== '.';
}

/** Nothing but a piece of a value: `=` only at its end, and nothing glued to it. */
function isWholePiece(text: string, start: number, end: number): boolean {
  const equals = text.slice(start, end).indexOf('=');
  if (equals >= 0 && start + equals < end - 2) return false;
  return start > 0 && (end === text.length || /[\s"'<]/.test(text.charAt(end)));
}
