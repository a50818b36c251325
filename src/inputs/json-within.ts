import type { Capture } from '../engine/model/capture.ts';
import { walkJson } from '../engine/text/json.ts';
import { charlesSession } from './charles-session.ts';
import { cookieList } from './cookie-list.ts';
import { har } from './har.ts';
import { endInLines } from './place-in-lines.ts';
import { storageState } from './storage-state.ts';

/** Kinds of JSON that are told by how they begin. */
const readers = [har, charlesSession, cookieList, storageState];

/** Fences of Markdown that are looked into. */
const mostFences = 200;
/** Times that a text may be gone through for JSON that has no end. */
const mostWalks = 4;
/** Characters that decide what some JSON is. */
const headLength = 64 << 10;

/** A recording that stands in a text, by offsets in it. */
export interface JsonWithin {
  start: number;
  end: number;
}

/** What may stand before JSON in a script: an assignment, a call, an export, a guard; after comments or not. */
const before =
  /^\s{0,100}(?:\/\/[^\n]{0,300}\n\s{0,100}){0,9}(?:\)\]\}'[^\n]{0,9}\n|[^\n{]{0,300}(?:[=(,;]|\bdefault|\breturn))\s{0,100}(?=\{|\[\s{0,100}\{)/;
/** CommonMark 0.31 §4.5. */
const fence = /^[ \t>]{0,6}(?:`{3,20}|~{3,20})[^\n`]{0,100}\n\s{0,100}(?=\{|\[)/gm;

/** A glance: whether a recording may stand in a text that begins so. */
export function mayHoldJson(head: string): boolean {
  return before.test(head) || head.search(fence) >= 0;
}

/** Recordings and lists of cookies in JSON that a script or a fence of Markdown is around, in order. Linear. */
export function jsonWithin(text: string): JsonWithin[] {
  const found: JsonWithin[] = [];
  const script = before.exec(text.slice(0, headLength));
  const starts = script ? [script[0].length] : [...text.matchAll(fence)].slice(0, mostFences).map(endOf);
  let left = mostWalks * text.length;
  for (const start of starts) {
    if (start < (found.at(-1)?.end ?? 0) || left < 0) continue;
    const head = text.slice(start, start + headLength);
    if (!readers.some((reader) => reader.matches(head))) continue;
    const end = walkJson(text, {}, start);
    left -= Math.abs(end) - start;
    if (end > 0) found.push({ start, end });
  }
  return found;
}

function endOf({ index, 0: found }: RegExpExecArray): number {
  return index + found.length;
}

/** What stands around recordings in a text, each stretch with its place. */
export function* textAround(text: string, inside: readonly JsonWithin[], name: string): Generator<Capture['texts']> {
  let at = 0;
  let from = { line: 1, column: 1 };
  for (const { start, end } of [...inside, { start: text.length, end: text.length }]) {
    const around = text.slice(at, start);
    if (around.trim()) yield [{ name, text: around, start: at, from }];
    from = endInLines(text.slice(at, end), from);
    at = end;
  }
}

/** The bytes of a recording in a text. */
export function bytesWithin(text: string, { start, end }: JsonWithin): Uint8Array {
  return new TextEncoder().encode(text.slice(start, end));
}
