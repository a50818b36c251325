import { type Escaping, eachEscape, undoEscapes } from '../../text/escapes.ts';

/** A stretch of a text with one encoding undone. */
export interface Peeled {
  /** Extent of the encoded stretch in the outer text. */
  start: number;
  end: number;
  text: string;
  /** True where the stretch goes on behind the end: more of it was not to be decoded at a time. */
  goesOn?: boolean;
  /** True where what was allowed did not suffice: the rest of it was not decoded. */
  isPartial?: boolean;
}

/**
 * Where an encoding is tried: on a 'whole' value that shows nothing else; at the start of a JOSE header that a percent
 * sign stands before ('escaped-header'); at the end of a 'header' that makes no token as it stands; at the 'run-end' of
 * base64 characters that are no token; at the start of such a 'run'; where a token or run may go on in the next of its
 * 'lines'.
 */
export type Peeling = 'whole' | 'escaped-header' | 'header' | 'run-end' | 'run' | 'lines';

/** A way in which tokens are wrapped on their way. */
export interface Encoding {
  /** File name, and the name in reports. */
  id: string;
  /** For users: "percent-encoding". */
  name: string;
  tried: readonly Peeling[];
  /** How a run of base64 characters begins that it undoes and that is no text, as sources of regular expressions whose first character stands for itself. */
  begins?: readonly string[];
  /** A character it cannot do without; looking for it once spares looking around every place. */
  sign?: string;
  /** Characters decoded at a time, by encodings that leave most of a text as it is. */
  atATime?: number;
  /** True when it is told by its looks alone, so that what comes out of it is a token only possibly. */
  isGuess?: boolean;
  /**
   * Undoes one layer of the stretch around `at`, at most `most` characters of it; null when it is not so encoded. What lies before
   * `from` was decoded already and is no part of it, where the encoding leaves most of a text as it is. Never throws.
   */
  peel(text: string, at: number, most: number, from: number): Peeled | null;
}

/** Characters that an encoded stretch ends at, by their codes. */
type Stops = (code: number) => boolean;

/** What the characters are that an expression of one character finds; asked of every one of ASCII once. */
export function stopsAt(expression: RegExp): Stops {
  const isStop = (code: number) => expression.test(String.fromCharCode(code));
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => Number(isStop(code)));
  return (code) => (code < 128 ? ascii[code] === 1 : isStop(code));
}

/** Characters of escapes that are undone at a time. */
export const escapesAtATime = 1 << 16;

/** A place in a text, and how much around it may be decoded. */
export interface Around {
  at: number;
  /** Nothing before it. */
  from: number;
  /** Characters. */
  most: number;
}

/** The stretch around a place without any of the stops; half of what it may be lies before the place at most. */
function stretch(text: string, { at, from, most }: Around, isStop: Stops): { start: number; end: number } {
  const first = Math.max(from, at - Math.floor(most / 2));
  let start = at;
  while (start > first && !isStop(text.charCodeAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - start < most && !isStop(text.charCodeAt(end))) end += 1;
  return { start, end };
}

/** The stretch around a place with its escape sequences undone; null when it has none. */
export function peelEscapes(text: string, around: Around, isStop: Stops, escaping: Escaping): Peeled | null {
  const { start, end: most } = stretch(text, around, isStop);
  const goesOn = most < text.length && !isStop(text.charCodeAt(most));
  const end = goesOn ? lastBreak(text, around.at, most, escaping) : most;
  const encoded = text.slice(start, end);
  const decoded = undoEscapes(encoded, escaping);
  return decoded === encoded ? null : { start, end, text: decoded, goesOn };
}

/** Where the last sequence in a part of a text begins that stands for no character of a token: what goes on behind it is whole. */
function lastBreak(text: string, start: number, end: number, escaping: Escaping): number {
  let last = end;
  eachEscape(text.slice(start, end), escaping, (at, sequence) => {
    if (!/^[\w.~+/=%\\&-]*$/.test(sequence.text)) last = start + at;
  });
  return last;
}
