import { fromWide, type WideOrder, wideOrder } from '../../engine/text/wide-text.ts';
import type { ByteWindow } from './byte-window.ts';
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
function shortWide([first, second, ...rest]: Uint8Array): WideOrder | null {
  if (rest.length > 6) return null;
  if (first === 0xff && second === 0xfe) return { unit: 2, isLittle: true };
  return first === 0xfe && second === 0xff ? { unit: 2, isLittle: false } : null;
}

/** The same text in UTF-8, without its mark. Positions are those of UTF-8. Halves that are no pair become U+FFFD. */
export function utf8Window(window: ByteWindow, wide: WideOrder): ByteWindow {
  return streamWindow(utf8Of(window, wide)).window;
}

async function* utf8Of(window: ByteWindow, wide: WideOrder): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let at = window.base;
  let isFirst = true;
  for (;;) {
    const end = at + wholeCharacters(window.bytes(at, window.base + window.length), wide, window.ended);
    if (end > at) {
      const text = fromWide(window.bytes(at, end), wide);
      yield encoder.encode(isFirst ? text.replace(/^\ufeff/, '') : text);
      isFirst = false;
      at = end;
      window.discard(at);
    } else if (window.ended) return;
    else await window.fill();
  }
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
