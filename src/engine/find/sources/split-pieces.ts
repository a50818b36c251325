/** A piece of a text between separators. */
export interface Piece {
  text: string;
  /** Where it starts in the text. */
  start: number;
  /** All that is left, separators included: there were too many to take each for itself. */
  isRest: boolean;
}

/** Parameters, fields or cookies of one text that stand for themselves; browsers and servers take some hundred. */
const mostPieces = 10_000;

/** The pieces of a text, one at a time; after ten thousand the rest is one piece. */
export function* splitPieces(text: string, separator: string): Generator<Piece> {
  let start = 0;
  for (let count = 0; ; count += 1) {
    const end = count < mostPieces ? text.indexOf(separator, start) : -1;
    const isRest = count === mostPieces;
    yield { text: text.slice(start, end < 0 ? text.length : end), start, isRest };
    if (end < 0) return;
    start = end + separator.length;
  }
}

/** A name of so many characters may itself hold a token, as in `#/join/eyJ…?guest=1`. */
export const longName = 16;

/** Where the name of `name=value` ends; -1 where the piece is a value alone, as one that has a `==` of its own is (`T1==…`). */
export function endOfName(piece: string): number {
  const equals = piece.indexOf('=');
  return piece[equals + 1] === '=' ? -1 : equals;
}
