/** A stretch of a text with one encoding undone. */
export interface Peeled {
  /** Extent of the encoded stretch in the outer text. */
  start: number;
  end: number;
  text: string;
}

/** A way in which tokens are wrapped on their way. */
export interface Encoding {
  /** File name, and the name in reports. */
  id: string;
  /** For users: "percent-encoding". */
  name: string;
  /** Undoes one layer of the stretch around `at`, at most `most` characters of it; null when it is not so encoded. Never throws. */
  peel(text: string, at: number, most: number): Peeled | null;
}

/** The stretch around `at` without any of the characters that `stops` names. */
export function stretch(text: string, at: number, stops: RegExp, most: number): { start: number; end: number } {
  let start = at;
  while (start > 0 && at - start < most && !stops.test(text.charAt(start - 1))) start -= 1;
  let end = at;
  while (end < text.length && end - start < most && !stops.test(text.charAt(end))) end += 1;
  return { start, end };
}
