import { headerOf, isWholeSignature } from '../decode/forms/compact.ts';
import { htmlEntities } from './encodings/html-entities.ts';
import { jsonString } from './encodings/json-string.ts';
import { lineWrap } from './encodings/line-wrap.ts';
import { mended } from './encodings/mended.ts';
import type { Trigger } from './triggers.ts';

/** A token that something was put into on its way, and what it is without. */
export interface MendedRun {
  start: number;
  end: number;
  text: string;
  /** Ids of the encodings that were undone. */
  encodings: string[];
}

interface Mark {
  end: number;
  /** What it stands for. */
  text: string;
  encoding: string;
}

/** How a signed or encrypted token begins, also where each of its characters is escaped. */
const beginnings = ['eyJ', 'ewo', '\\x65\\x79', '\\u0065\\u0079', '&#101;&#121;', '&#x65;&#x79;', '=65=79'] as const;

/** Characters that are not seen, and stand in long words as chat, wiki and mail programs write them. */
const hidden =
  /(?:[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]|\u034f|[\ufe00-\ufe0f])/y;
/** Places where HTML lets a word break, and the same by reference. */
const wordBreaks =
  /<wbr[ \t]{0,4}\/?>|&(?:shy|ZeroWidthSpace|NoBreak|zwnj|zwj|lrm|rlm|#173|#xad|#820[3-7]|#x200[b-f]|#8288|#x2060|#65279|#xfeff);/iy;
/** Soft breaks of quoted-printable (RFC 2045 §6.7), and lines that a backslash continues. */
const softBreaks = /=[ \t]{0,8}\r?\n|\\\r?\n/y;
const leftOut = [
  [mended.id, hidden],
  [htmlEntities.id, wordBreaks],
  [lineWrap.id, softBreaks],
] as const;
/** The line goes on in the next, which is quoted as in the answer to a mail (RFC 3676 §4.5). */
const quotedBreak = / ?\r?\n[ \t]{0,8}(?:[>|][ \t]?){1,8}/y;
/** A token character as scripts, HTML or quoted-printable spell it. */
const spelled = /\\x([2-7][\da-f])|\\u00([2-7][\da-f])|&#x([2-7][\da-f]);|=(2D|2E|5F|[3-7][\dA-F](?==))|&#(\d{2,3});/iy;
const namedCharacters = /&(lowbar|period|hyphen|dash);/y;
/** What Markdown puts before characters that would be marks, and dashes that were made of a hyphen. */
const dressed = /\\(?=[_.*~-])|[\u2010-\u2013\u2212]/y;

const pieces = /[\w.-]*/y;
/** Parts of a token, and what a mended one has at least. */
const telling = /^e(?:yJ|wo)[\w-]{6}[\w-]*\.[\w-]{4}/;
/** No token is longer. */
const longest = 1 << 17;

/**
 * Every run that shows a token once what was put into it is left out or put back: hidden characters, breaks of lines and
 * words, marks of Markdown, escapes. In order, none overlaps another; linear in the text. A long text is looked at only around its
 * triggers, as some piece of a token is one.
 */
export function mendedRuns(text: string, triggers: readonly Trigger[]): MendedRun[] {
  const found: MendedRun[] = [];
  let done = 0;
  const starts =
    text.length <= short ? startsIn(text) : windowsAround(triggers).flatMap((window) => startsWithin(text, window));
  for (const start of starts) {
    if (start < done) continue;
    const run = mendedRunAt(text, start);
    if (!run) continue;
    done = run.end;
    // What goes on behind it, as disclosures of an SD-JWT do, is not to be torn off.
    if (telling.test(run.text) && text.charAt(run.end) !== '~') found.push(run);
  }
  return found;
}

/** The text with each run mended, and of the same length: what is missing are spaces behind it. */
export function withMended(text: string, runs: readonly MendedRun[]): string {
  let done = 0;
  const parts: string[] = [];
  for (const { start, end, text: mended } of runs) {
    parts.push(text.slice(done, start), mended.padEnd(end - start));
    done = end;
  }
  return parts.join('') + text.slice(done);
}

/** Characters of a text that is looked through whole. */
const short = 4096;
/** Characters before a trigger in which its token may have begun, with all that was put into it. */
const before = 512;

/** In order, and apart. */
function windowsAround(triggers: readonly Trigger[]): [from: number, to: number][] {
  const windows: [number, number][] = [];
  for (const trigger of triggers) {
    const from = Math.max(0, trigger.at - before);
    const to = trigger.kind === 'run' ? trigger.end : trigger.dot;
    const last = windows.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else windows.push([from, to]);
  }
  return windows;
}

function startsWithin(text: string, [from, to]: [from: number, to: number]): number[] {
  return startsIn(text.slice(from, to)).map((start) => from + start);
}

function startsIn(text: string): number[] {
  const starts: number[] = [];
  for (const beginning of beginnings) {
    let done = 0;
    for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + beginning.length)) {
      // Claims begin as headers do; what is read from the header on holds them.
      if (at < done) continue;
      starts.push(at);
      pieces.lastIndex = at;
      pieces.test(text);
      done = pieces.lastIndex;
    }
  }
  return starts.sort((a, b) => a - b);
}

/** The run that starts here, when there is anything to mend in it. */
export function mendedRunAt(text: string, start: number): MendedRun | null {
  let joined = '';
  let at = start;
  let dots = 0;
  /** Length of `joined` behind its last dot. */
  let signatureAt = 0;
  const undone = new Set<string>();
  const add = (piece: string) => {
    for (let dot = piece.indexOf('.'); dot >= 0; dot = piece.indexOf('.', dot + 1)) {
      dots += 1;
      signatureAt = joined.length + dot + 1;
    }
    joined += piece;
  };
  for (;;) {
    const from = at;
    pieces.lastIndex = at;
    pieces.test(text);
    at = pieces.lastIndex;
    add(text.slice(from, at));
    const length = joined.length - signatureAt;
    if (at - start > longest || (from < at && dots > 1 && length < 700 && isWhole(joined))) break;
    const mark = markAt(text, at, at - from);
    if (!mark) break;
    // A token of its own behind the mark; claims stand behind a dot.
    if (beginsToken(text, mark.end) && mark.text !== '.' && (mark.text !== '' || length > 0)) break;
    add(mark.text);
    at = mark.end;
    undone.add(mark.encoding);
  }
  return undone.size > 0 ? { start, end: at, text: joined, encodings: [...undone] } : null;
}

function beginsToken(text: string, at: number): boolean {
  return text.startsWith('eyJ', at) || text.startsWith('ewo', at);
}

/** Whether the text is a signed token whose signature has the length its algorithm asks for, or was redacted. */
function isWhole(token: string): boolean {
  const signature = token.slice(token.lastIndexOf('.') + 1);
  return signature === 'redacted' || (signature.length > 20 && isWholeSignature(signature, headerOf(token)));
}

function markAt(text: string, at: number, width: number): Mark | null {
  for (const [encoding, left] of leftOut) {
    left.lastIndex = at;
    if (left.test(text)) return { end: left.lastIndex, text: '', encoding };
  }
  dressed.lastIndex = at;
  if (dressed.test(text))
    return { end: dressed.lastIndex, text: text.charAt(at) === '\\' ? '' : '-', encoding: mended.id };
  return escapeAt(text, at) ?? quotedLine(text, at, width);
}

function escapeAt(text: string, at: number): Mark | null {
  const { id: encoding } = text.charAt(at) === '&' ? htmlEntities : text.charAt(at) === '\\' ? jsonString : mended;
  spelled.lastIndex = at;
  const [whole, ...digits] = spelled.exec(text) ?? [];
  if (whole !== undefined) {
    const code = digits[4] ? Number(digits[4]) : Number.parseInt(digits.find(Boolean) ?? '', 16);
    const character = String.fromCharCode(code);
    return /[\w.-]/.test(character) ? { end: spelled.lastIndex, text: character, encoding } : null;
  }
  namedCharacters.lastIndex = at;
  const name = namedCharacters.exec(text)?.[1];
  if (name === undefined) return null;
  return { end: namedCharacters.lastIndex, text: name === 'lowbar' ? '_' : name === 'period' ? '.' : '-', encoding };
}

/** Where a line that is nothing but a piece goes on in the next, which is no longer and nothing else. */
function quotedLine(text: string, at: number, width: number): Mark | null {
  if (width < 20) return null;
  quotedBreak.lastIndex = at;
  if (!quotedBreak.test(text)) return null;
  const end = quotedBreak.lastIndex;
  pieces.lastIndex = end;
  pieces.test(text);
  const next = pieces.lastIndex;
  if (next === end || next - end > width + 80) return null;
  const isAlone = /^[ \t]{0,2}(?:[\r\n]|$)/.test(text.slice(next, next + 3));
  return isAlone ? { end, text: '', encoding: lineWrap.id } : null;
}
