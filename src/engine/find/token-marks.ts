import { octetsAt, scriptEscapes } from '../text/escapes.ts';
import { htmlEntities } from './encodings/html-entities.ts';
import { joinedStrings } from './encodings/joined-strings.ts';
import { jsonString } from './encodings/json-string.ts';
import { lineWrap } from './encodings/line-wrap.ts';
import { mended } from './encodings/mended.ts';
import { percent } from './encodings/percent.ts';
import { quotedOctets } from './encodings/quoted-octets.ts';

/** What stands between two pieces of a token, or for one of its characters. */
export interface Mark {
  end: number;
  /** What it stands for. */
  text: string;
  encoding: string;
  /** True when it stands as well where no token goes on: then only a token that is whole with it proves it. */
  isDoubtful: boolean;
  /** True for lines that nothing marks as one. */
  isPlainBreak?: true;
  /** A long dash, of which it is not told how many it was made of. */
  isLongDash?: true;
}

/** What has been read of a token before a mark. */
export interface Before {
  /** Offset where the token begins. */
  start: number;
  /** Characters of the last piece. */
  width: number;
  isBehindDot: boolean;
  /** What a long dash stands for. */
  longDash: '-' | '--';
}

/** The mark at an offset where a piece of a token has ended; null when nothing there can belong to one. */
export function markAt(text: string, at: number, before: Before): Mark | null {
  switch (text.charCodeAt(at)) {
    case 0x22:
    case 0x27:
    case 0x60:
      return between(text, at, strings, joinedStrings.id) ?? between(text, at, continued, lineWrap.id);
    case 0x5c:
      return backslashAt(text, at, before);
    case 0x26:
      return entityAt(text, at, before);
    case 0x3d:
      return between(text, at, softBreak, lineWrap.id, false) ?? octetAt(text, at, before, quotedOctets.id);
    case 0x25:
      return percentAt(text, at, before);
    case 0x3c:
      return between(text, at, wordBreak, mended.id, false) ?? between(text, at, tags, mended.id);
    case 0x5e:
      return between(text, at, continued, lineWrap.id);
    case 0x09:
    case 0x0a:
    case 0x0d:
    case 0x20:
      return lineAt(text, at, before) ?? between(text, at, before.isBehindDot ? space : spaceBeforeDot, mended.id);
    case 0x1b:
      return between(text, at, colour, mended.id, false);
    case 0x00:
    case 0x2a:
      return between(text, at, stars, mended.id);
    case 0x28:
    case 0x5b:
      return bracketedDot(text, at);
    default:
      return text.charCodeAt(at) < 0x80 ? null : characterAt(text, at, before);
  }
}

/** An operator of a script that joins strings, with what stands around it; and the next statement that adds to one. */
const joint =
  '(?:\\+{1,2}|\\.{1,2}|&(?: _)?|<>|\\|\\||~|,|<<|\\\\|[;]?[ \\t]{0,8}\\r?\\n[ \\t]{0,80}\\$?[\\w.]{1,60}[ \\t]{0,8}(?:\\+|\\.|\\.\\.|&)?=|)';
const gap = '[ \\t\\r\\n]{0,120}';
const strings = new RegExp(
  `(\\\\{0,3}["'\`])(?:${gap}${joint}${gap}[bfrulL@$]{0,2}|${gap}\\.concat\\([ \\t\\r\\n]{0,80})\\1`,
  'y',
);
/** Lines that PowerShell, cmd and shells continue. */
const continued = /[`^\\][ \t]{0,8}\r?\n[ \t]{0,80}/y;
/** Soft breaks of quoted-printable (RFC 2045 §6.7), in an answer to the mail, too. */
const softBreak = /=[ \t]{0,8}(?:\r?\n|(?:\\r)?\\n)(?:[ \t]{0,8}[>|][ \t]?){0,8}/y;
/** Places where HTML lets a word break. */
const wordBreak = /<wbr[ \t]{0,4}\/?>/iy;
const tags = /(?:<\/?[a-zA-Z][^<>]{0,200}>[ \t\r\n]{0,80}){1,6}/y;
const space = /[ \t]{1,8}/y;
const spaceBeforeDot = /[ \t]{1,8}(?=\.)/y;
/** Colours of a terminal (ECMA-48 §8.3.117). */
const colour = /(?:\x1b\[[\d;]{0,16}m){1,4}/y;
const colourSpelled = /(?:\\{1,4}(?:x1b|u001b|033|e)\[[\d;]{0,16}m){1,4}/iy;
const stars = /\0|\*{1,3}/y;

/** What an expression finds is left out. */
function between(text: string, at: number, left: RegExp, encoding: string, isDoubtful = true): Mark | null {
  left.lastIndex = at;
  return left.test(text) ? { end: left.lastIndex, text: '', encoding, isDoubtful } : null;
}

const dots = /\[\.\]|\(\.\)|\[dot\]|\(dot\)/iy;

/** A dot in brackets, as links are written that nobody is to follow. */
function bracketedDot(text: string, at: number): Mark | null {
  const mark = between(text, at, dots, mended.id);
  return mark && { ...mark, text: '.' };
}

const backslashes = /\\{1,8}/y;
const octal = /\\([01][0-7]{2}|[5-7][0-7](?![0-7]))/y;
const longCode = /\\U000000([2-7][\da-f])/iy;
/** A break written as scripts do, and the next line quoted as in an answer. */
const breakSpelled = /\\{1,4}(?:r\\{1,4})?n(?:[ \t]{0,8}(?:[>|#*][ \t]?){1,8})?/y;

function backslashAt(text: string, at: number, before: Before): Mark | null {
  const isContinued = /^\\[ \t]{0,8}\r?\n/.test(text.slice(at, at + 12));
  if (isContinued) return between(text, at, continued, lineWrap.id, false);
  const joined = between(text, at, strings, joinedStrings.id);
  if (joined) return joined;
  const painted = between(text, at, colourSpelled, jsonString.id);
  if (painted) return painted;
  backslashes.lastIndex = at;
  backslashes.test(text);
  const last = backslashes.lastIndex - 1;
  octal.lastIndex = last;
  longCode.lastIndex = last;
  const long = longCode.exec(text);
  const eights = octal.exec(text);
  if (eights) return standsFor(Number.parseInt(eights[1] as string, 8), octal.lastIndex, jsonString.id, before);
  if (long) return standsFor(Number.parseInt(long[1] as string, 16), longCode.lastIndex, jsonString.id, before);
  const broken = between(text, at, breakSpelled, lineWrap.id);
  if (broken) return broken;
  const sequence = scriptEscapes.escapeAt(text, last);
  if (!sequence) return null;
  const code = sequence.text.codePointAt(0) ?? 0;
  // What Markdown would read as a mark; other characters need no escape and have none.
  if (sequence.length === 2) return /[_.*~-]/.test(sequence.text) ? markdownAt(text, last) : null;
  return standsFor(code, last + sequence.length, jsonString.id, before);
}

function markdownAt(text: string, at: number): Mark | null {
  const character = text.charAt(at + 1);
  // The character itself is read next.
  return /[_.-]/.test(character) ? { end: at + 1, text: '', encoding: mended.id, isDoubtful: false } : null;
}

const reference = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]{2,14}));?/y;
const namedCharacters = new Map(
  Object.entries({
    lowbar: 0x5f,
    UnderBar: 0x5f,
    period: 0x2e,
    hyphen: 0x2d,
    dash: 0x2d,
    ndash: 0x2013,
    mdash: 0x2014,
    shy: 0xad,
    ZeroWidthSpace: 0x200b,
    NoBreak: 0x2060,
    zwnj: 0x200c,
    zwj: 0x200d,
    lrm: 0x200e,
    rlm: 0x200f,
    nbsp: 0xa0,
    thinsp: 0x2009,
    NewLine: 0x0a,
    Tab: 0x09,
  }),
);

/** Character references of HTML; the ampersand of one may be written as one itself. */
function entityAt(text: string, at: number, before: Before): Mark | null {
  reference.lastIndex = at;
  const [whole = '', decimal, hex, name] = reference.exec(text) ?? [];
  if (whole === '') return null;
  const end = at + whole.length;
  if (name === 'amp') {
    reference.lastIndex = end - 1;
    const inner = /^#(?:(\d{1,7})|[xX]([\da-fA-F]{1,6}));/.exec(text.slice(end, end + 10));
    if (!inner) return null;
    return standsFor(numberOf(inner[1], inner[2]), end + inner[0].length, htmlEntities.id, before);
  }
  const code =
    name === undefined ? numberOf(decimal, hex) : whole.endsWith(';') ? namedCharacters.get(name) : undefined;
  return code === undefined ? null : standsFor(code, end, htmlEntities.id, before);
}

function numberOf(decimal: string | undefined, hex: string | undefined): number {
  return decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
}

const wideCode = /%u00([2-7][\da-f])/iy;
const octets = /%(?:0[ad]|20|a0|c2%a[0d]|e2%8[01]%[89a-f][\da-f])/iy;

/**
 * What percent-encoding puts into a token in which nothing else is so encoded. All else is undone by its own encoding, which
 * names the parameter.
 */
function percentAt(text: string, at: number, before: Before): Mark | null {
  wideCode.lastIndex = at;
  const wide = wideCode.exec(text);
  if (wide) return standsFor(Number.parseInt(wide[1] as string, 16), wideCode.lastIndex, percent.id, before);
  octets.lastIndex = at;
  return octets.test(text) ? octetAt(text, at, before, percent.id, true) : null;
}

/** The character that octets stand for, of which one alone may be a character of the token. */
function octetAt(text: string, at: number, before: Before, encoding: string, isDoubtful = false): Mark | null {
  const octet = octetsAt(text, at);
  if (!octet) return null;
  // Behind `token=` there stands a token, and behind `=` in an address a value.
  const mark = standsFor(octet.text.codePointAt(0) as number, at + octet.length, encoding, before);
  if (!mark || !isDoubtful) return mark;
  return { ...mark, isDoubtful };
}

/** Characters that are not seen, and stand in long words as chat, wiki and mail programs write them. */
const hidden = /[\p{DI}\p{Cf}]/u;
const spaces = /[\t\n\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const dashes = /[\u2010-\u2013\u2212\ufe63\uff0d]/;
const longDashes = /[\u2014\u2015\ufe58]/;
const fullStops = /[\u00b7\u2024\u3002\ufe52\uff0e\uff61]/;

/** A zero-width space, a soft hyphen and a mark read as Windows-1252 instead of UTF-8, and the same as ISO 8859-1. */
const misread =
  /\u00e2(?:\u20ac[\u2039\u0152\u017d\u008d]|\u0080[\u008b-\u008f]|\u0081\u00a0)|\u00c2[\u00a0\u00ad]|\u00ef\u00bb\u00bf/y;

function characterAt(text: string, at: number, before: Before): Mark | null {
  const code = text.codePointAt(at) as number;
  return between(text, at, misread, mended.id) ?? standsFor(code, at + (code > 0xffff ? 2 : 1), mended.id, before);
}

/** A mark that stands for this character, in whatever way it is written. */
function standsFor(code: number, end: number, encoding: string, { longDash }: Before): Mark | null {
  if (!(code <= 0x10ffff)) return null;
  const character = String.fromCodePoint(code);
  if (/^[\w.-]$/.test(character)) return { end, text: character, encoding, isDoubtful: false };
  if (hidden.test(character)) return { end, text: '', encoding, isDoubtful: false };
  if (dashes.test(character)) return { end, text: '-', encoding, isDoubtful: false };
  if (longDashes.test(character)) return { end, text: longDash, encoding, isDoubtful: true, isLongDash: true };
  if (fullStops.test(character)) return { end, text: '.', encoding, isDoubtful: true };
  return spaces.test(character) ? { end, text: '', encoding, isDoubtful: true } : null;
}

/** The rest of a line of which a token is a part, as in a table, and the next, perhaps behind an empty one. */
const lineEnd = /[ \t]{0,8}(?:\|[ \t]{0,8})?(?:\r?\n[ \t]{0,80}){1,2}/y;
/** The line goes on in the next, which is quoted as in the answer to a mail (RFC 3676 §4.5). */
const quote = /(?:[>|][ \t]?){1,8}/y;
/** What comments, lists, differences and listings put before each line. */
const prefix =
  /(?:#{1,3}|\/{2,3}!?|\*|;{1,3}|%{1,2}|!|\+|--[ \t]|-[ \t]|REM[ \t]|dnl[ \t]|\[[\w:., /+-]{1,40}\][ \t]|\d{1,6}(?:[:)|]|[ \t]))[ \t]{0,8}/y;
const pieces = /[\w.-]*/y;
const lineIsDone = /[ \t]{0,8}(?:[|`"'^\\=+][ \t]{0,8}){0,2}(?:[\r\n]|$)|["'`<|]|\*\//y;

/** Where a line that ends with a piece goes on in the next, which is nothing else. */
function lineAt(text: string, at: number, { start, width }: Before): Mark | null {
  lineEnd.lastIndex = at;
  if (!lineEnd.test(text)) return null;
  let end = lineEnd.lastIndex;
  const isQuoted = sticks(quote, text, end);
  if (isQuoted) end = quote.lastIndex;
  const isMarked = !isQuoted && sticks(prefix, text, end);
  if (isMarked) end = prefix.lastIndex;
  // The sign of a difference stands before the first line, too; elsewhere it may be a character of the token.
  else if (!isQuoted && text.charAt(end) === '-' && text.charAt(start - 1) === '-') end += 1;
  pieces.lastIndex = end;
  pieces.test(text);
  const next = pieces.lastIndex;
  if (next === end || !sticks(lineIsDone, text, next)) return null;
  const isSure = isQuoted && width >= 20 && next - end <= width + 80;
  const mark: Mark = { end, text: '', encoding: lineWrap.id, isDoubtful: !isSure };
  return isQuoted || isMarked ? mark : { ...mark, isPlainBreak: true };
}

function sticks(expression: RegExp, text: string, at: number): boolean {
  expression.lastIndex = at;
  return expression.test(text);
}
