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
