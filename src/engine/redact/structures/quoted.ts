/**
 * Offset of the quote that ends a text in quotes, in which a quote is written twice or behind a backslash; the end of the
 * text when there is none. `from` is behind the first quote.
 */
export function endOfQuoted(text: string, from: number, quote: string): number {
  for (let end = text.indexOf(quote, from); end >= 0; end = text.indexOf(quote, end + 1)) {
    if (text.charAt(end + 1) === quote) end += 1;
    else if (text.charCodeAt(end - 1) !== 0x5c || text.charCodeAt(end - 2) === 0x5c) return end;
  }
  return text.length;
}
