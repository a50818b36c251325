import type { Pattern } from './filter-pattern.ts';
import { readTerms, unread, type Value } from './filter-terms.ts';

/** Two of them begin the part of an address that names whose it is; browsers read either. */
const marks = /[/\\]{2}/;

/**
 * A filter without query, fragment, user name and password of the addresses in it, whether they begin with a scheme or not; null
 * where one cannot be told from what holds it: in an expression, or in another encoding.
 */
export function cutAddresses(text: string): string | null {
  let kept = text;
  for (const { start, end, values, problem } of readTerms(text, readNothing).reverse()) {
    if (problem === unread) return null;
    const isAddress = marks.test(text.slice(start, end));
    for (const value of [...values].reverse()) {
      const piece = cutValue(text, value, isAddress);
      if (piece === null) return null;
      kept = kept.slice(0, value.start) + piece + kept.slice(value.end);
    }
  }
  return kept;
}

/** Expressions are looked at as they are written. */
const nothing: Pattern = Object.assign(() => false, { isSpent: () => false });
const readNothing = () => ({ test: nothing, problem: null });

function cutValue(text: string, { start, end, pattern }: Value, isAddress: boolean): string | null {
  const piece = text.slice(start, end);
  if (pattern) return isAddressInPattern(piece) ? null : piece;
  const at = piece.search(/[?#]/);
  const isCut = at >= 0 && (isAddress || /[/\\]/.test(piece.slice(0, at)) || piece.includes('=', at));
  const short = isCut ? closed(piece.slice(0, at)) : piece;
  const nobodys = short.replace(/(https?:[/\\]*|[/\\]{2})[^\s"/\\]*@/i, '$1');
  return isAddress && hasPassword(nobodys) ? null : nobodys;
}

/** With the quote that was cut off. */
function closed(piece: string): string {
  return piece.split('"').length % 2 === 0 ? `${piece}"` : piece;
}

/** A password may hold what ends the part of an address that it stands in; then a port that is none is left of it. */
function hasPassword(piece: string): boolean {
  return /[/\\]{2}(?:[^\s"]*:[^\s"]*@|[^\s"/\\:[]*:(?!\d{0,5}(?:[/\\"\s]|$)))/.test(piece);
}

function isAddressInPattern(piece: string): boolean {
  const plain = piece.slice(1, -1).replace(/\\(?=[^\w\s])/g, '');
  return /\/\/.*(?:[?#]|:.*@)/.test(plain) || /\\[?#].*=|#.*=/.test(piece);
}
