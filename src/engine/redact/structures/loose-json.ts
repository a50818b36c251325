import { closingQuote } from './quoted.ts';

/** The pieces of JSON as programs, shells and loggers write it: comments, prefixes and types in between, other dividers. */

/** Offset at which the next piece starts; inside of brackets a type may stand before it. */
export function nextPiece(text: string, from: number, isInside: boolean): number {
  const at = afterPrefix(text, afterSpace(text, from));
  return isInside ? afterType(text, at) : at;
}

/** White space, the `+` that stands for it in forms, comments, and what leads the lines of an event. */
function afterSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || code === 0x2b || (code >= 0x09 && code <= 0x0d)) at += 1;
    else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) at = afterMark(text, '*/', at + 2);
    else if (code === 0x2f && text.charCodeAt(at + 1) === 0x2f) at = afterMark(text, '\n', at + 2);
    else if (code === 0x64 && text.charCodeAt(at - 1) === 0x0a && text.startsWith('data:', at)) at += 5;
    else return at;
  }
}

function afterMark(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

/** The letter with which Python marks a string: `b'…'`. */
function afterPrefix(text: string, at: number): number {
  prefix.lastIndex = at;
  return prefix.test(text) ? at + 1 : at;
}

const prefix = /[bru](?=['"])/y;

/** The type that Go writes before a value: `[]string{"…"}`. */
function afterType(text: string, at: number): number {
  type.lastIndex = at;
  return type.test(text) ? type.lastIndex : at;
}

const type = /(?:(?:\[\]|map\[[\w.]{1,40}\])[\w.]{1,40}|[A-Za-z][\w.]{1,40})(?=\{["'{])/y;

/** Offset behind what divides a name from its value: `:`, `=>` in Ruby and PHP, `=` in PowerShell; null when none stands there. */
export function afterDivider(text: string, from: number): number | null {
  const at = afterSpace(text, from);
  divider.lastIndex = at;
  return divider.test(text) ? divider.lastIndex : null;
}

const divider = /:|=>|=(?!=)/y;

/** Offset behind a number or a word such as `true`, `None` or `nil`; null when none stands there. */
export function afterScalar(text: string, at: number): number | null {
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : null;
}

const scalar =
  /(?:-?(?:\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,10})?|Infinity)|true|false|null|NaN|undefined|True|False|None|nil)(?![\w$])/y;

/** Offset of the quote that ends a string, or the end of the text. */
export function stringEnd(text: string, from: number, code: number): number {
  const end = closingQuote(text, from, String.fromCharCode(code));
  return end < 0 ? text.length : end;
}

/** The same of one that is put together of several in a program: `'…' + '…'`. */
export function joinedStringEnd(text: string, from: number, code: number): number {
  let end = stringEnd(text, from, code);
  for (let parts = 0; parts < mostParts && !ends(text.charCodeAt(end + 1)); parts += 1) {
    joint.lastIndex = end + 1;
    if (!joint.test(text)) break;
    end = stringEnd(text, joint.lastIndex + 1, text.charCodeAt(joint.lastIndex));
  }
  return end;
}

const mostParts = 1000;
const joint = /\s{0,80}(?:\+|\.{1,2}|&|\|\|)\s{0,80}(?=["'])/y;

/** What mostly stands behind a string: a comma, a colon, a bracket, or nothing. */
function ends(code: number): boolean {
  return code === 0x2c || code === 0x3a || code === 0x5d || code === 0x7d || Number.isNaN(code);
}

/** Nothing behind a text that is all in quotes, or a line of its own. */
export function endsString(text: string, from: number): boolean {
  restOfLine.lastIndex = from;
  return restOfLine.test(text);
}

const restOfLine = /[ \t]{0,8}(?:$|\r?\n)/y;
