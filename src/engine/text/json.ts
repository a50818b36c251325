/** JSON read with positions: what `JSON.parse` hides (duplicate members, lost digits) and where each string stands. */
import { withoutCutRun } from './cut-run.ts';

/** Any value JSON can hold. Everything read from a token is one of these until narrowed. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  [member: string]: Json;
}

/** One open object or array, and the member or element being read. */
export interface JsonFrame {
  kind: 'object' | 'array';
  /** Offset of its opening bracket. */
  start: number;
  /** Offsets of the current member's name, quotes excluded. */
  nameStart: number;
  nameEnd: number;
  index: number;
}

export interface JsonVisitor {
  /** A string value; offsets exclude the quotes. */
  string?(start: number, end: number, stack: readonly JsonFrame[]): void;
  number?(start: number, end: number, stack: readonly JsonFrame[]): void;
  /** `true`, `false` or `null`. */
  word?(start: number, end: number, stack: readonly JsonFrame[]): void;
  member?(start: number, end: number, stack: readonly JsonFrame[]): void;
  /** An object or array has ended. */
  close?(stack: readonly JsonFrame[]): void;
}

/**
 * Walks one JSON value without building it, with no recursion, in linear time. Nesting of more than 250,000 levels, which
 * would take more memory than the text, counts as no JSON.
 * Returns the offset after the value, or the offset of the first thing that is not JSON, negated and minus one.
 */
export function walkJson(text: string, visitor: JsonVisitor = {}, from = 0): number {
  const stack: JsonFrame[] = [];
  let top: JsonFrame | undefined;
  let at = from;
  let wantsValue = true;
  let first = false;
  for (;;) {
    let code = text.charCodeAt(at);
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
    if (wantsValue) {
      if (top?.kind === 'object' && !(first && code === 0x7d)) {
        if (code !== 0x22) return -at - 1;
        const end = stringEnd(text, at + 1);
        if (end < 0) return -at - 1;
        top.nameStart = at + 1;
        top.nameEnd = end;
        visitor.member?.(at + 1, end, stack);
        at = end + 1;
        code = text.charCodeAt(at);
        while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
        if (code !== 0x3a) return -at - 1;
        code = text.charCodeAt(++at);
        while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++at);
        first = false;
      }
      if (code === 0x22) {
        const end = stringEnd(text, at + 1);
        if (end < 0) return -at - 1;
        visitor.string?.(at + 1, end, stack);
        at = end + 1;
        first = false;
      } else if (code === 0x7b || code === 0x5b) {
        if (stack.length >= deepest) return -at - 1;
        top = { kind: code === 0x7b ? 'object' : 'array', start: at, nameStart: 0, nameEnd: 0, index: 0 };
        stack.push(top);
        at += 1;
        first = true;
        continue;
      } else if (first && ((code === 0x7d && top?.kind === 'object') || (code === 0x5d && top?.kind === 'array'))) {
        first = false;
      } else {
        const end = scalarEnd(text, at);
        if (end === at) return -at - 1;
        if (code === 0x2d || (code >= 0x30 && code <= 0x39)) visitor.number?.(at, end, stack);
        else visitor.word?.(at, end, stack);
        at = end;
        first = false;
      }
      wantsValue = false;
      continue;
    }
    if (!top) return at;
    if (code === 0x2c) {
      at += 1;
      top.index += 1;
      wantsValue = true;
    } else if ((code === 0x7d && top.kind === 'object') || (code === 0x5d && top.kind === 'array')) {
      visitor.close?.(stack);
      at += 1;
      stack.pop();
      top = stack[stack.length - 1];
      if (!top) return at;
    } else return -at - 1;
  }
}

const deepest = 250_000;

/** A quote that no backslash stands before. */
const bareQuote = /[^\\]"/g;
/** The same, or an even number of backslashes; three and more have to be counted. */
const closing = /(?:[^\\]|\\\\)"/g;

/** Offset of the quote that ends a string, or -1. */
function stringEnd(text: string, from: number): number {
  const quote = text.indexOf('"', from);
  if (quote < 0 || !isEscaped(text, quote, from)) return quote;
  // Strings with escapes have many, and jumping from quote to quote is slower than reading on. A string that ends in an
  // escaped backslash is read over, up to the quote that opens the next one; only there do these characters stand
  // before a quote that opens, so anywhere else the shorter expression is right, and it is twice as fast.
  bareQuote.lastIndex = quote;
  if (bareQuote.test(text)) {
    const end = bareQuote.lastIndex - 1;
    if (!beforeOpening.includes(text.charAt(end - 1))) return end;
  }
  closing.lastIndex = quote;
  if (!closing.test(text)) return -1;
  const end = closing.lastIndex - 1;
  if (!isEscaped(text, end, from)) return end;
  for (let at = end + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at += 1;
  }
  return -1;
}

const beforeOpening = ',:{[ \n\r\t';

function isEscaped(text: string, at: number, from: number): boolean {
  let start = at;
  while (start > from && text.charCodeAt(start - 1) === 0x5c) start -= 1;
  return (at - start) % 2 === 1;
}

const scalar = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

function scalarEnd(text: string, at: number): number {
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : at;
}

/** `$.session["odd key"][0]` for the value being read; deep ones are shortened in the middle. */
export function jsonPath(text: string, stack: readonly JsonFrame[]): string {
  const step = (frame: JsonFrame) => {
    if (frame.kind === 'array') return `[${frame.index}]`;
    const name = nameOf(text, frame);
    return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
  };
  return `$${shortened(stack, step).join('')}`;
}

/** `context.user.email`: the dotted way claims are named. */
function memberPath(text: string, stack: readonly JsonFrame[]): string {
  const step = (frame: JsonFrame) => (frame.kind === 'array' ? String(frame.index) : nameOf(text, frame));
  return shortened(stack, step).join('.');
}

/** Steps of a deep path are left out before they are spelled: a path is asked for at every level. */
function shortened(stack: readonly JsonFrame[], step: (frame: JsonFrame) => string): string[] {
  if (stack.length <= 32) return stack.map(step);
  return [...stack.slice(0, 16).map(step), '…', ...stack.slice(-15).map(step)];
}

function nameOf(text: string, frame: JsonFrame): string {
  if (frame.nameEnd - frame.nameStart <= 200) return unescapeJson(text.slice(frame.nameStart, frame.nameEnd));
  return unescapeJson(withoutCutRun(text.slice(frame.nameStart, frame.nameStart + 200)));
}

/** The text a JSON string stands for; the raw text when its escapes are wrong. */
export function unescapeJson(raw: string): string {
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

/** `JSON.parse` that answers undefined instead of throwing. */
export function parseJson(text: string): Json | undefined {
  if (!mayBeJson(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/**
 * False where the first and the last character show that it is none. To be told so by an error takes longer than most parts of tokens
 * take to be read, and a page can hold as many that are none as it likes.
 */
function mayBeJson(text: string): boolean {
  let start = 0;
  let end = text.length - 1;
  while (isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end))) end -= 1;
  const last = text.charCodeAt(end);
  switch (text.charCodeAt(start)) {
    case 0x7b:
      return last === 0x7d;
    case 0x5b:
      return last === 0x5d;
    case 0x22:
      return last === 0x22 && end > start;
    default:
      return scalarEnd(text, start) === end + 1 && end >= start;
  }
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for JSON that holds more than so many texts, numbers, objects and lists, or is nested beyond what is walked through. */
export function hasMoreValues(text: string, most: number): boolean {
  let count = 0;
  const one = () => {
    count += 1;
  };
  const end = walkJson(text, { string: one, number: one, close: one });
  const stop = end < 0 ? text.charCodeAt(-end - 1) : 0;
  return count > most || stop === 0x5b || stop === 0x7b;
}

export interface JsonOddity {
  code: 'duplicate-member' | 'number-precision';
  /** Path of the member. */
  path: string;
  offset: number;
}

/**
 * Oddities that `JSON.parse` hides: the same member twice in an object, and numbers JavaScript cannot hold exactly. At most
 * so many of each, so that those of one kind hide none of the other. Paths are dotted when it is not said how to write them.
 */
export function jsonOddities(text: string, most = 50, pathOf = memberPath): JsonOddity[] {
  const found: JsonOddity[] = [];
  const left = { 'duplicate-member': most, 'number-precision': most };
  const names: Set<string>[] = [];
  walkJson(text, {
    member(start, end, stack) {
      while (names.length > stack.length) names.pop();
      while (names.length < stack.length) names.push(new Set());
      const here = names[stack.length - 1] as Set<string>;
      const name = unescapeJson(text.slice(start, end));
      if (here.has(name)) add('duplicate-member', start, stack);
      here.add(name);
    },
    close(stack) {
      if (names.length >= stack.length) names.length = stack.length - 1;
    },
    number(start, end, stack) {
      if (!isExact(text.slice(start, end))) add('number-precision', start, stack);
    },
  });
  return found;

  function add(code: JsonOddity['code'], offset: number, stack: readonly JsonFrame[]) {
    if (left[code] <= 0) return;
    left[code] -= 1;
    found.push({ code, path: pathOf(text, stack), offset });
  }
}

/** Integers beyond 2^53 − 1 and more than 17 significant digits do not survive `JSON.parse`. */
function isExact(literal: string): boolean {
  if (literal.length <= 15) return true;
  if (/^-?\d+$/.test(literal) && !Number.isSafeInteger(Number(literal))) return false;
  const digits = literal
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '');
  return digits.length <= 17;
}
