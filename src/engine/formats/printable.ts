/**
 * Text from a page or file as it may go to a terminal, a ticket or a page: characters that move the cursor, hide or
 * reorder text are spelled out, and so are lone surrogates.
 */
export function printable(text: string): string {
  return text
    .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/gu,
      (character) => {
        return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
      },
    );
}

/** At most so many characters, with a sign that more follow. */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
