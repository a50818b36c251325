import { fromWide, type WideOrder, wideOrder } from '../../engine/text/wide-text.ts';
import type { ByteWindow } from './byte-window.ts';
import { byteWork } from './byte-work.ts';
import { streamWindow } from './stream-window.ts';

/**
 * How a text of UTF-16 or UTF-32 is written, told by its first bytes: by its mark, or without one by where the zeros of ASCII
 * stand; null for anything else. What would hold control characters is no text, unless a mark says so and they are few.
 */
export function wideTextIn(head: Uint8Array): WideOrder | null {
  const whole = head.subarray(0, head.length - (head.length % 4));
  const wide = wideOrder(whole.length < 8 ? head : whole) ?? shortWide(head);
  if (!wide) return null;
  const text = fromWide(head.subarray(0, Math.min(head.length, 4096) & -wide.unit), wide);
  const odd = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  return odd * 10 <= (text.startsWith('\ufeff') ? text.length : 0) ? wide : null;
}

/** A text of a few characters with a mark. */
function shortWide(head: Uint8Array): WideOrder | null {
  if (head.length > 8) return null;
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return { unit: 2, isLittle: true };
  return first === 0xfe && second === 0xff ? { unit: 2, isLittle: false } : null;
}

/** Whether the first bytes are text in UTF-8 with text in UTF-16 behind it, as `>>` of Windows PowerShell appends it. */
export function isMixedText(head: Uint8Array): boolean {
  return wideStart(head) >= 0 && !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(byteWork.utf8(narrowed(head)));
}

/** UTF-8 in which stretches of UTF-16 are UTF-8, too. */
export function narrowed(bytes: Uint8Array): Uint8Array {
  const mixture: Mixture = { wide: { unit: 2, isLittle: true }, isNarrow: true };
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const piece = pieceOf(bytes.subarray(at), mixture, true);
    if (!piece) break;
    pieces.push(piece.bytes);
    at += piece.length;
  }
  const joined = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const piece of pieces) {
    joined.set(piece, end);
    end += piece.length;
  }
  return joined;
}

/**
 * The same text in UTF-8, without its mark, and what was appended to it in UTF-8 as it is. Positions are those of UTF-8. Halves that
 * are no pair become U+FFFD.
 */
export function utf8Window(window: ByteWindow, wide: WideOrder): ByteWindow {
  return streamWindow(utf8Of(window, { wide, isNarrow: false })).window;
}

/** Text in UTF-8 to which text in UTF-16 was appended, in UTF-8. */
export function mixedWindow(window: ByteWindow): ByteWindow {
  return streamWindow(utf8Of(window, { wide: { unit: 2, isLittle: true }, isNarrow: true })).window;
}

async function* utf8Of(window: ByteWindow, mixture: Mixture): AsyncGenerator<Uint8Array> {
  let at = window.base;
  for (;;) {
    const piece = pieceOf(window.bytes(at, window.base + window.length), mixture, window.ended);
    if (piece) {
      yield at === 0 ? withoutMark(piece.bytes) : piece.bytes;
      at += piece.length;
      window.discard(at);
    } else if (window.ended) return;
    else await window.fill();
  }
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** A text of which a part is wide, and a part UTF-8. */
interface Mixture {
  wide: WideOrder;
  isNarrow: boolean;
}

/** Bytes that are looked at ahead, and bytes of ASCII in a row that are none of UTF-16: a token has more. */
const ahead = 64;
const narrowRun = 32;

/** The next stretch of one kind, in UTF-8, and how many bytes it took; null where more are needed, or none are left. */
function pieceOf(bytes: Uint8Array, mixture: Mixture, isAll: boolean): { bytes: Uint8Array; length: number } | null {
  const { wide, isNarrow } = mixture;
  const change = isNarrow ? wideStart(bytes) : wide.unit === 2 ? narrowStart(bytes) : -1;
  if (change >= 0) mixture.isNarrow = !isNarrow;
  if (change === 0) return pieceOf(bytes, mixture, isAll);
  const end = change > 0 ? change : isAll ? bytes.length : bytes.length - ahead;
  const length = isNarrow ? end : wholeCharacters(bytes.subarray(0, Math.max(0, end)), wide, isAll || change > 0);
  if (length <= 0) return null;
  const piece = bytes.slice(0, length);
  return { bytes: isNarrow ? piece : new TextEncoder().encode(fromWide(piece, wide)), length };
}

/** Where UTF-16 begins in bytes of UTF-8, told by zeros in every other byte; -1 where it does not. What comes before the first zero is its half, in either order. */
function wideStart(bytes: Uint8Array): number {
  for (let zero = byteWork.indexOf(bytes, 0); zero >= 0; ) {
    if ([2, 4, 6].every((step) => bytes[zero + step] === 0)) return Math.max(0, zero - 1);
    const next = byteWork.indexOf(bytes.subarray(zero + 1), 0);
    zero = next < 0 ? -1 : zero + 1 + next;
  }
  return -1;
}

/** Where ASCII begins in bytes of UTF-16, from a whole character on; -1 where it does not. Letters of one script have one byte in common. */
function narrowStart(bytes: Uint8Array): number {
  let run = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    run = (byte >= 0x20 && byte <= 0x7e) || (byte >= 9 && byte <= 13) ? run + 1 : 0;
    if (run <= narrowRun) continue;
    const from = at + 1 - narrowRun;
    const start = at + 1 - run;
    if (isVaried(bytes, from) && isVaried(bytes, from + 1)) return start + (start % 2);
  }
  return -1;
}

function isVaried(bytes: Uint8Array, from: number): boolean {
  for (let at = from + 2; at < from + narrowRun - 1; at += 2) if (bytes[at] !== bytes[from]) return true;
  return false;
}

/** Bytes of it up to the end of the last whole character; at the end of the text, all. */
function wholeCharacters(bytes: Uint8Array, { unit, isLittle }: WideOrder, isAll: boolean): number {
  const whole = bytes.length & -unit;
  // Half a character at the end of a file is nothing that can be read.
  if (isAll || unit === 4 || whole === 0) return whole;
  const high = bytes[whole - (isLittle ? 1 : 2)] as number;
  // The other half of a pair comes with the next bytes (RFC 2781 §2.1).
  return high >= 0xd8 && high <= 0xdb ? whole - 2 : whole;
}
