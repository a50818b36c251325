import { type Escaping, undoEscapes } from '../../text/escapes.ts';

/** A stretch of a text with one encoding undone. */
export interface Peeled {
  /** Extent of the encoded stretch in the outer text. */
  start: number;
  end: number;
  text: string;
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
  /** True when it is told by its looks alone, so that what comes out of it is a token only possibly. */
  isGuess?: boolean;
  /** Undoes one layer of the stretch around `at`, at most `most` characters of it; null when it is not so encoded. Never throws. */
  peel(text: string, at: number, most: number): Peeled | null;
}

/** Characters that an encoded stretch ends at, by their codes. */
type Stops = (code: number) => boolean;

/** What the characters are that an expression of one character finds; asked of every one of ASCII once. */
export function stopsAt(expression: RegExp): Stops {
  const isStop = (code: number) => expression.test(String.fromCharCode(code));
  const ascii = Uint8Array.from({ length: 128 }, (_, code) => Number(isStop(code)));
  return (code) => (code < 128 ? ascii[code] === 1 : isStop(code));
}

/** The stretch around `at` without any of the stops. */
function stretch(text: string, at: number, isStop: Stops, most: number): { start: number; end: number } {
  let start = at;
  while (start > 0 && at - start < most && !isStop(text.charCodeAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - start < most && !isStop(text.charCodeAt(end))) end += 1;
  return { start, end };
}

/** The stretch around `at` with its escape sequences undone; null when it has none. */
export function peelEscapes(text: string, at: number, isStop: Stops, most: number, escaping: Escaping): Peeled | null {
  const { start, end } = stretch(text, at, isStop, most);
  const encoded = text.slice(start, end);
  const decoded = undoEscapes(encoded, escaping);
  return decoded === encoded ? null : { start, end, text: decoded };
}
