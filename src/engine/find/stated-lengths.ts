/** Shorter texts are no tokens. */
const least = 64;

/**
 * Lengths that the bytes right before a text may state: formats of bytes write a text behind its length, and what follows it
 * begins with another byte that may look like one more character. Characters stand for bytes. Of two bytes, either order
 * (CBOR, MessagePack, most formats of vendors; the lower half of four); seven bits a byte (Protocol Buffers); one behind the
 * mark of a short text (CBOR 0x78, MessagePack 0xd9).
 * The longest first. Only lengths that no ordinary text would state: one of their bytes is no printable ASCII and no white space.
 */
export function statedLengths(text: string, at: number): number[] {
  const before = (back: number) => byteAt(text, at - back);
  const last = before(1);
  const second = before(2);
  const third = before(3);
  const found: number[] = [];
  if (second >= 0x80 && last < 0x80) found.push((second & 0x7f) | (last << 7));
  if (third >= 0x80 && second >= 0x80 && last < 0x80)
    found.push((third & 0x7f) | ((second & 0x7f) << 7) | (last << 14));
  if (isNoText(second) || isNoText(last)) found.push((second << 8) | last, (last << 8) | second);
  if (last === 0 && second === 0) found.push((third << 8) | before(4));
  if (last >= 0x80 && (second === 0x78 || second === 0xd9)) found.push(last);
  return found.filter((length) => length >= least).sort((a, b) => b - a);
}

/** What is no byte, or stands before the beginning, states nothing. */
function byteAt(text: string, at: number): number {
  const code = at < 0 ? 0x20 : text.charCodeAt(at);
  return code > 0xff ? 0x20 : code;
}

function isNoText(byte: number): boolean {
  return byte >= 0x80 || byte === 0x7f || (byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d));
}
