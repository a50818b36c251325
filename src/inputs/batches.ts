/** Cookies, stored values or lines that are handed on to be searched at a time: each takes a kilobyte until it was. */
export const batchSize = 5000;

/** A list in pieces of at most `batchSize`, in order; nothing of an empty one. */
export function* batches<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += batchSize) yield all.slice(at, at + batchSize);
}

/** The lines of a text without their breaks, one at a time: a file of nothing but breaks has more than memory holds. */
export function* linesOf(text: string): Generator<string> {
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    yield text.slice(at, found > at && text.charCodeAt(end - 1) === 0x0d ? end - 1 : end);
    at = end + 1;
  }
}
