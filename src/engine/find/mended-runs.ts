import { headerOf, isWholeSignature } from '../decode/forms/compact.ts';
import { type Before, type Mark, markAt } from './token-marks.ts';
import type { Trigger } from './triggers.ts';

/** A token that something was put into on its way, and what it is without. */
export interface MendedRun {
  start: number;
  end: number;
  text: string;
  /** Ids of the encodings that were undone. */
  encodings: string[];
  /** True when lines were joined that nothing but the length of the signature tells to belong together. */
  isGuess: boolean;
}

/**
 * How a signed or encrypted token begins, but for its first character: `e` is too common to look for. The second is that of a
 * header in several lines; it stands in many words, so it is looked for only where some piece of a token is.
 */
const beginnings = ['yJ', 'wo'] as const;

/** What goes on as `framework` and `networking` do, and not as a line break does that white space or a quote follows (RFC 4648 §4). */
const wordBehind = 'abcdefhjklmnopqrstuvwxyzABCDEFGHILMOPQRSTUVWXYZ0123456789_';

/** The same where each of its characters is written in another way, and what such a way cannot do without. */
const spelledBeginnings: readonly [sign: string, beginning: RegExp][] = [
  [
    '\\',
    /\\{1,8}(?:x65|u0065|u\{0{0,4}65\}|U00000065|145)\\{1,8}(?:[xX]7[79]|u007[79]|u\{0{0,4}7[79]\}|U0000007[79]|1(?:67|71))/g,
  ],
  ['&#', /&#(?:0{0,5}101|[xX]0{0,4}65);?&#(?:0{0,5}1(?:19|21)|[xX]0{0,4}7[79])/g],
  ['=65', /=65=7[79]/g],
  ['%u', /%u0065%u007[79]/g],
];

const pieces = /[\w.-]*/y;
/** Parts of a token, and what a mended one has at least. */
const telling = /^e(?:yJ|wo)[\w-]{6}[\w-]*\.{1,2}[\w-]{4}/;
/** No token is longer. */
const longest = 1 << 17;

/**
 * Every run that shows a token once what was put into it is left out or put back: hidden characters, breaks of lines and
 * words, what stands before each line, strings that are joined, marks of Markdown, escapes. In order, none overlaps another; linear
 * in the text. A long text is looked at only around its triggers, as some piece of a token is one.
 */
export function mendedRuns(text: string, triggers: readonly Trigger[]): MendedRun[] {
  if (text.length < least && triggers.length === 0) return [];
  const found: MendedRun[] = [];
  let done = 0;
  const starts = text.length <= short ? startsIn(text, triggers.length > 0) : startsAround(text, triggers);
  if (text.length > short && text.length <= middle) addReferences(text, starts);
  let next = 0;
  for (const start of starts) {
    if (start < done) continue;
    while (next < triggers.length && (triggers[next] as Trigger).at < start) next += 1;
    const trigger = triggers[next];
    const end = trigger?.kind === 'header' && trigger.at === start ? endOfWhole(text, trigger) : -1;
    if (end >= 0) {
      done = end;
      continue;
    }
    const run = mendedRunAt(text, start);
    if (!run) continue;
    done = run.end;
    // What goes on behind it, as disclosures of an SD-JWT do, is not to be torn off; behind an escape it may once that is undone.
    const after = text.charAt(run.end);
    if (telling.test(run.text) && after !== '~' && (after !== '\\' || isWhole(run.text))) found.push(run);
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

/** Characters of a text, at least, that holds a token of which no piece shows. Most values of headers and cookies are shorter. */
const least = 40;
/** Characters of a text that is looked through whole. */
const short = 4096;
/** Characters of a text in which references of HTML are looked for, which make no trigger. */
const middle = 1 << 16;
/** Characters before a trigger in which its token may have begun, with all that was put into it. */
const before = 512;

/** Where tokens begin near the triggers, but for what is part of a token that is whole. */
function startsAround(text: string, triggers: readonly Trigger[]): number[] {
  const starts: number[] = [];
  let from = 0;
  let to = -1;
  let whole = -1;
  const look = () => {
    if (to > from) for (const start of startsIn(text.slice(from, to), true)) starts.push(from + start);
  };
  for (const trigger of triggers) {
    if (trigger.at < whole) continue;
    const end = trigger.kind === 'header' ? endOfWhole(text, trigger) : -1;
    if (end >= 0) {
      whole = end;
      continue;
    }
    const begin = Math.max(0, trigger.at - before);
    const stop = trigger.kind === 'run' ? trigger.end : trigger.dot;
    if (begin > to) {
      look();
      from = begin;
    }
    to = Math.max(to, stop);
  }
  look();
  return starts;
}

/** The end of a token that nothing was put into: its signature is as long as its algorithm asks for. -1 for all others. */
function endOfWhole(text: string, { dot, header }: Trigger & { kind: 'header' }): number {
  const payloadEnd = pieceEnd(text, dot + 1);
  if (payloadEnd === dot + 1 || text.charCodeAt(payloadEnd) !== 0x2e) return -1;
  const end = pieceEnd(text, payloadEnd + 1);
  if (text.charCodeAt(end) === 0x2e) return -1;
  return isWholeSignature(text.slice(payloadEnd + 1, end), header) ? end : -1;
}

const piece = /[\w-]*/y;

function pieceEnd(text: string, at: number): number {
  piece.lastIndex = at;
  piece.test(text);
  return piece.lastIndex;
}

function startsIn(text: string, hasPieces: boolean): number[] {
  const starts: number[] = [];
  for (const beginning of hasPieces ? beginnings : ['yJ']) {
    let done = 0;
    for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + beginning.length)) {
      const start = at - 1;
      // Claims begin as headers do; what is read from the header on holds them.
      if (start < done || text.charCodeAt(start) !== 0x65) continue;
      if (beginning === 'wo' && wordBehind.includes(text.charAt(start + 3))) continue;
      starts.push(start);
      pieces.lastIndex = start;
      pieces.test(text);
      done = pieces.lastIndex;
    }
  }
  for (const [sign, beginning] of spelledBeginnings) {
    if (text.includes(sign)) for (const { index } of text.matchAll(beginning)) starts.push(index);
  }
  return starts.length > 1 ? starts.sort((a, b) => a - b) : starts;
}

function addReferences(text: string, starts: number[]) {
  const [sign, beginning] = spelledBeginnings[1] as (typeof spelledBeginnings)[number];
  if (!text.includes(sign)) return;
  const known = new Set(starts);
  for (const { index } of text.matchAll(beginning)) if (!known.has(index)) starts.push(index);
  starts.sort((a, b) => a - b);
}

/** The run that starts here, when there is anything to mend in it. */
export function mendedRunAt(text: string, start: number): MendedRun | null {
  const run = runAt(text, start, '--');
  // A long dash is made of two by most programs, and of one by some.
  return run.isWhole || !run.hasLongDash ? run.sure : runAt(text, start, '-').sure;
}

interface Reading {
  /** What is sure of it; null when there is nothing to mend. */
  sure: MendedRun | null;
  isWhole: boolean;
  hasLongDash: boolean;
}

function runAt(text: string, start: number, longDash: Before['longDash']): Reading {
  let joined = '';
  let at = start;
  let dots = 0;
  /** Length of `joined` behind its last dot. */
  let signatureAt = 0;
  let hasLongDash = false;
  let isGuess = false;
  const undone = new Set<string>();
  /** What was read up to the first mark that is doubtful. */
  let sure: MendedRun | null | undefined;
  const add = (piece: string) => {
    for (let dot = piece.indexOf('.'); dot >= 0; dot = piece.indexOf('.', dot + 1)) {
      dots += 1;
      signatureAt = joined.length + dot + 1;
    }
    joined += piece;
  };
  const read = (): MendedRun | null =>
    undone.size > 0 ? { start, end: at, text: joined, encodings: [...undone], isGuess } : null;
  for (;;) {
    const from = at;
    pieces.lastIndex = at;
    pieces.test(text);
    at = pieces.lastIndex;
    add(text.slice(from, at));
    const length = joined.length - signatureAt;
    if (at - start > longest) break;
    const isBehindDot = length === 0 && joined !== '';
    const mark: Mark | null = markAt(text, at, { start, width: at - from, isBehindDot, longDash });
    if (!mark) break;
    if (from < at && dots > 1 && length < 700 && isWhole(joined)) break;
    // A token of its own behind the mark; claims stand behind a dot.
    if (beginsToken(text, mark.end) && mark.text !== '.' && (mark.text !== '' || length > 0)) break;
    if (mark.isDoubtful && sure === undefined) sure = read();
    if (mark.isLongDash) hasLongDash = true;
    if (mark.isPlainBreak) isGuess = true;
    add(mark.text);
    at = mark.end;
    undone.add(mark.encoding);
  }
  const whole = sure === undefined || isWhole(joined);
  return { sure: whole ? read() : (sure ?? null), isWhole: whole, hasLongDash };
}

function beginsToken(text: string, at: number): boolean {
  return text.startsWith('eyJ', at) || text.startsWith('ewo', at);
}

/** Characters of the tag of an encrypted token (RFC 7518 §5). */
const tagCharacters = new Map(Object.entries({ 'A128CBC-HS256': 22, 'A192CBC-HS384': 32, 'A256CBC-HS512': 43 }));

/** Whether the text is a token whose last part has the length its algorithm asks for, or was redacted. */
function isWhole(token: string): boolean {
  const last = token.slice(token.lastIndexOf('.') + 1);
  if (last === 'redacted') return true;
  const header = last.length > 20 ? headerOf(token) : null;
  if (!header) return false;
  const parts = token.split('.', 6).length;
  if (typeof header.enc === 'string') return parts === 5 && last.length === (tagCharacters.get(header.enc) ?? 22);
  return parts === 3 && isWholeSignature(last, header);
}
