/**
 * Offset of the quote that ends a text in quotes, at most `most` characters on; -1 when there is none. `from` is behind the
 * first quote. Behind a backslash that is not itself escaped a quote ends nothing, and where `isDoubled`, as in SQL and
 * CSV, neither does one that is written twice. Quotes of several characters (`"""`, `\"`) end at the next alike.
 */
export function closingQuote(
  text: string,
  from: number,
  quote: string,
  { most = Number.POSITIVE_INFINITY, isDoubled = false }: { most?: number; isDoubled?: boolean } = {},
): number {
  for (let end = text.indexOf(quote, from); end >= 0 && end - from <= most; end = text.indexOf(quote, end + 1)) {
    if (isDoubled && text.charAt(end + 1) === quote) end += 1;
    else if (quote.length > 1 || !isEscaped(text, end, from)) return end;
  }
  return -1;
}

/** Behind an odd number of backslashes. */
function isEscaped(text: string, at: number, from: number): boolean {
  let back = at;
  while (back > from && text.charCodeAt(back - 1) === 0x5c) back -= 1;
  return (at - back) % 2 === 1;
}
