import { base64Bytes, fromCodes, isTextual } from '../../base64.ts';
import { base64 } from '../codecs/base64.ts';
import { wideOrder } from '../codecs/bytes.ts';
import { hex } from '../codecs/hex.ts';
import type { Slot, Structure } from '../context.ts';

/** Runs of base64, in one line or in many, that hold a text, compressed data, or bytes with a credential among them. */
export const base64Runs: Structure = {
  id: 'base64-runs',
  signs: [],
  *slots(text): Generator<Slot> {
    if (text.length < 24) return;
    const runs = new RegExp(run);
    for (let found = runs.exec(text); found; found = runs.exec(text)) {
      const start = found.index;
      const end = endOfLines(text, start, runs.lastIndex);
      runs.lastIndex = end;
      if (isTokenPart(text, start, end)) continue;
      const from = startInside(text, start, end);
      if (from >= 0)
        yield {
          start: from,
          end: withPadding(text, end),
          codec: base64,
          held: 'text',
          isEncoded: true,
          at: 'base64',
        };
    }
  },
};

const run = /[A-Za-z0-9+/_-]{24,}/g;
const nextLine = /\r?\n[ \t]{0,80}[A-Za-z0-9+/_-]{4,}(?=[=\s"'<\]]|$)/y;

/** The end of a run that goes on in the next lines, each as long as the first but the last. */
function endOfLines(text: string, start: number, end: number): number {
  const width = end - start;
  let stop = end;
  if (width < 40) return end;
  for (;;) {
    nextLine.lastIndex = stop;
    const found = nextLine.exec(text);
    const length = found ? found[0].trimStart().length : 0;
    if (!found || length > width) return stop;
    stop = nextLine.lastIndex;
    if (length < width) return stop;
  }
}

/** A part of a token with dots is read as a token, and stays readable in what is left of one. */
function isTokenPart(text: string, start: number, end: number): boolean {
  if (text.charAt(end) === '.' && /eyJ|ewo/.test(text.slice(start, start + 40))) return true;
  if (text.charAt(start - 1) !== '.') return false;
  const before = text.slice(Math.max(0, start - 8000), start);
  return /(?:eyJ|ewo)[\w-]{1,8000}={0,2}\.$/.test(before.slice(Math.max(0, before.lastIndexOf('eyJ'))));
}

/** Where base64 that says something begins: at the start, or behind a prefix that is glued to it; -1 when it says nothing. */
function startInside(text: string, start: number, end: number): number {
  if (holdsSomething(text, start, end)) return start;
  for (const found of text.slice(start, Math.min(end, start + 400)).matchAll(/[-_/]|(?=eyJ|ewo|eyA|W3s|W1s|H4sI)/g)) {
    const from = start + found.index + found[0].length;
    if (from > start && end - from >= 16 && holdsSomething(text, from, end)) return from;
  }
  return -1;
}

function holdsSomething(text: string, start: number, end: number): boolean {
  const head = base64Bytes(text, start, Math.min(end, start + 64));
  if (head.length < 12) return false;
  if (isTextual(head) || isCompressed(head) || wideOrder(head.subarray(0, head.length & ~1))) return true;
  // Bytes: frames of sockets, messages of Protocol Buffers. What tells in them is ASCII.
  return end - start <= longestBytes && telling.test(fromCodes(base64Bytes(text.slice(start, end).replace(/\s/g, ''))));
}

const longestBytes = 64 << 20;
const telling = /eyJ[\w-]{6}|token|secret|passw|api.?key|jwt|bearer|credential|session.?id|authorization/i;

function isCompressed([first = 0, second = 0, third = 0]: Uint8Array): boolean {
  return (first === 0x1f && second === 0x8b && third === 8) || (first === 0x78 && ((first << 8) | second) % 31 === 0);
}

function withPadding(text: string, end: number): number {
  return text.startsWith('==', end) ? end + 2 : text.charAt(end) === '=' ? end + 1 : end;
}

/** Runs of hexadecimal digits that hold a text. */
export const hexRuns: Structure = {
  id: 'hex-runs',
  signs: [],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole } of text.matchAll(/(?<![0-9a-fA-F])[0-9a-fA-F]{32,}(?![0-9a-zA-Z])/g)) {
      const length = whole.length & ~1;
      const bytes = Uint8Array.from({ length: Math.min(32, length / 2) }, (_, at) =>
        Number.parseInt(whole.slice(at * 2, at * 2 + 2), 16),
      );
      if (isTextual(bytes) || wideOrder(bytes))
        yield { start: index, end: index + length, codec: hex, held: 'text', isEncoded: true, at: 'hex' };
    }
  },
};
