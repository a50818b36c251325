import { base64Bytes, fromCodes, isTextual } from '../../text/base64.ts';
import { wrapperOf } from '../../text/inflate.ts';
import { isZip, packingOf } from '../../text/packing.ts';
import { wideOrder } from '../../text/wide-text.ts';
import { base64 } from '../codecs/base64.ts';
import { hex, hexBytes } from '../codecs/hex.ts';
import type { Slot, Structure } from '../context.ts';
import { characterClass, nextRun, runEnd } from '../runs.ts';

/** Runs of base64, in one line or in many, that hold a text, compressed data, or bytes with a credential among them. */
export const base64Runs: Structure = {
  id: 'base64-runs',
  signs: [],
  *slots(text): Generator<Slot> {
    let at = 0;
    for (let found = nextRun(text, at, base64Class); found; found = nextRun(text, at, base64Class)) {
      const { start } = found;
      const end = endOfLines(text, start, found.end);
      at = end;
      if (isTokenPart(text, start, end)) continue;
      const from = startInside(text, start, end);
      if (from < 0) continue;
      yield { start: from, end: withPadding(text, end), codec: base64, held: 'text', isEncoded: true, at: 'base64' };
    }
  },
};

const base64Class = characterClass('A-Za-z0-9+/_-', 24);

/** The end of a run that goes on in the next lines, each as long as the first but the last. */
function endOfLines(text: string, start: number, end: number): number {
  const width = end - start;
  let stop = end;
  if (width < 40) return end;
  for (;;) {
    lineBreak.lastIndex = stop;
    if (!lineBreak.test(text)) return stop;
    const from = lineBreak.lastIndex;
    const next = runEnd(text, from, base64Class);
    const length = next - from;
    const whole = length + padding(text, next);
    if (whole < 4 || whole % 4 === 1 || length > width || noPiece.test(text.slice(from, next))) return stop;
    if (next < text.length && !/[=\s"'<\]]/.test(text.charAt(next))) return stop;
    stop = next;
    if (length < width) return stop;
  }
}

const lineBreak = /\r?\n[ \t]{0,80}/y;
/** A word, or what stands between the parts of a mail (RFC 2046 §5.1.1). */
const noPiece = /^(?:--[^\r\n]*|[A-Za-z][a-z]{1,30})$/;

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
  // Of bytes that begin at the fourth character after others the end is the same, and was read with those.
  const read = new Set([0]);
  for (const found of text.slice(start, Math.min(end, start + 400)).matchAll(/[-_/]|(?=eyJ|ewo|eyA|W3s|W1s|H4sI)/g)) {
    const from = start + found.index + found[0].length;
    if (from === start || end - from < 16) continue;
    const phase = text.slice(start, from).replace(/\s/g, '').length % 4;
    if (read.has(phase) ? isReadable(headOf(text, from, end)) : holdsSomething(text, from, end)) return from;
    read.add(phase);
  }
  return -1;
}

function holdsSomething(text: string, start: number, end: number): boolean {
  const head = headOf(text, start, end);
  if (isReadable(head)) return true;
  // Bytes: frames of sockets, messages of Protocol Buffers. What tells in them is ASCII.
  if (head.length < shortestHead || end - start > longestBytes) return false;
  return telling.test(fromCodes(base64Bytes(text.slice(start, end).replace(/\s/g, ''))));
}

function headOf(text: string, start: number, end: number): Uint8Array {
  return base64Bytes(text, start, Math.min(end, start + 64));
}

function isReadable(head: Uint8Array): boolean {
  if (head.length < shortestHead) return false;
  if (wrapperOf(head) !== null || isZip(head) || packingOf(head) !== null) return true;
  return isTextual(head) || wideOrder(head.subarray(0, head.length & ~3)) !== null;
}

/** Bytes that tell something. */
const shortestHead = 12;
const longestBytes = 64 << 20;
const telling = /eyJ[\w-]{6}|token|secret|passw|api.?key|jwt|bearer|credential|session.?id|authorization/i;

function withPadding(text: string, end: number): number {
  return end + padding(text, end);
}

function padding(text: string, end: number): number {
  return text.startsWith('==', end) ? 2 : text.charAt(end) === '=' ? 1 : 0;
}

/** Runs of hexadecimal digits that hold a text, or bytes with a credential among them. */
export const hexRuns: Structure = {
  id: 'hex-runs',
  signs: [],
  *slots(text): Generator<Slot> {
    let at = 0;
    for (let found = nextRun(text, at, hexClass); found; found = nextRun(text, at, hexClass)) {
      const { start, end } = found;
      at = end;
      if (/[0-9a-zA-Z]/.test(text.charAt(end))) continue;
      const length = (end - start) & ~1;
      const head = hexBytes(text, start, start + Math.min(64, length));
      if (!isReadable(head) && !telling.test(fromCodes(hexBytes(text, start, start + length)))) continue;
      yield { start, end: start + length, codec: hex, held: 'text', isEncoded: true, at: 'hex' };
    }
  },
};

const hexClass = characterClass('0-9a-fA-F', 32);
