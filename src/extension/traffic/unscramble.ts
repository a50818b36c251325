/** Characters that are looked at to tell whether a text was read in the wrong encoding. */
const looked = 400;
const least = 8;

/**
 * The text of an answer that says it is UTF-16 and is not: browsers' tools hand it over as they were told to read it, two bytes for each
 * character, while a script of the page reads UTF-8 whatever the answer says (https://fetch.spec.whatwg.org/#body-mixin, read 2026-11).
 * Any other text as it is.
 *
 * @param type the answer's own word, `text/plain; charset=utf-16`
 */
export function unscramble(text: string, type: string): string {
  const isBig = /charset\s{0,9}=\s{0,9}"?utf-16be/i.test(type);
  if (!isBig && !/charset\s{0,9}=\s{0,9}"?utf-16/i.test(type)) return text;
  const end = Math.min(text.length, looked);
  if (end < least) return text;
  for (let at = 0; at < end; at += 1) if (!isPair(text.charCodeAt(at))) return text;
  const bytes = new Uint8Array(text.length * 2);
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    bytes[at * 2] = isBig ? code >> 8 : code & 0xff;
    bytes[at * 2 + 1] = isBig ? code & 0xff : code >> 8;
  }
  return new TextDecoder().decode(bytes);
}

/** Whether both bytes are ASCII; in UTF-16 no text that is written by people is of such characters alone. */
function isPair(code: number): boolean {
  return isAscii(code >> 8) && isAscii(code & 0xff);
}

const isAscii = (byte: number) => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;
