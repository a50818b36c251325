import { headerOf, isWholeSignature } from '../decode/forms/compact.ts';

/** Places of one kind that a value is looked for in, after one in which it began. */
const reach = 8;
/** Longest beginning of a token that is remembered, in characters. */
const longest = 1 << 16;

export type SplitValues = ReturnType<typeof createSplitValues>;

/**
 * Follows tokens that were cut into several values of one kind: messages of a socket, headers, lines. Says how much of
 * the front of a value belongs to a token that began in one before it.
 */
export function createSplitValues() {
  const begun = new Map<string, { text: string; left: number }>();

  return {
    /** Whether a token has begun anywhere and not ended. */
    isOpen: () => begun.size > 0,
    /** Characters at the front of `text` that go on with what began before; 0 for none. */
    goesOn(shape: string, text: string): number {
      const open = begun.get(shape);
      const front = open ? frontOf(text) : '';
      if (open && front !== '') {
        const joined = open.text + front;
        if (front.length === text.length && isUnfinished(joined)) begun.set(shape, { text: joined, left: reach });
        else begun.delete(shape);
        return front.length;
      }
      const tail = tailOf(text);
      if (tail !== '' && isUnfinished(tail)) {
        if (begun.size > 1000) begun.clear();
        begun.set(shape, { text: tail, left: reach });
      } else if (open) {
        open.left -= 1;
        if (open.left <= 0 || /redacted/.test(text)) begun.delete(shape);
      }
      return 0;
    },
  };
}

/** Token characters at the very front, if there are enough of them to be a part of one and they begin none. */
function frontOf(text: string): string {
  front.lastIndex = 0;
  const found = front.exec(text)?.[0] ?? '';
  if (found.length < 8 || /^(?:eyJ|redacted)/.test(found)) return '';
  return found.length === text.length || found.length >= 32 ? found : '';
}

const front = /[\w.~-]{1,100000}/y;

/** What may be the beginning of a token, at the very end. */
function tailOf(text: string): string {
  const end = text.slice(-longest);
  const start = end.lastIndexOf('eyJ');
  if (start < 0) return '';
  const first = /(?:^|[^\w.-])(eyJ[\w.-]{1,65536})$/.exec(end.slice(Math.max(0, firstOf(end) - 1)));
  return first?.[1] ?? '';
}

/** Where the run of token characters begins that the text ends with. */
function firstOf(text: string): number {
  let at = text.length;
  while (at > 0 && /[\w.-]/.test(text.charAt(at - 1))) at -= 1;
  return at;
}

/** Not all of a signed token: parts are missing, or the signature is shorter than its algorithm makes it. */
export function isUnfinished(text: string): boolean {
  const parts = text.split('.');
  if (parts.length > 3 || parts[2] === 'redacted') return false;
  if (parts.length < 3) return true;
  const header = headerOf(text);
  return header !== null && !isWholeSignature(parts[2] ?? '', header) && (parts[2] ?? '').length < 500;
}
