/** Bytes of each character, and which of them comes first. */
export interface WideOrder {
  unit: 2 | 4;
  isLittle: boolean;
}

/** How UTF-16 and UTF-32 are written, told by their mark or by the zeros of ASCII; null for anything else. */
export function wideOrder(bytes: Uint8Array): WideOrder | null {
  if (bytes.length < 8 || bytes.length % 2 === 1) return null;
  const [a, b, c, d] = bytes;
  if (bytes.length % 4 === 0) {
    if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { unit: 4, isLittle: true };
    if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { unit: 4, isLittle: false };
    const wide = byZeros(bytes, 4);
    if (wide) return wide;
  }
  if (a === 0xff && b === 0xfe) return { unit: 2, isLittle: true };
  if (a === 0xfe && b === 0xff) return { unit: 2, isLittle: false };
  return byZeros(bytes, 2);
}

/** ASCII leaves all bytes of a character zero but one. */
function byZeros(bytes: Uint8Array, unit: 2 | 4): WideOrder | null {
  const zeros = Array.from({ length: unit }, () => 0);
  const end = Math.min(bytes.length, 512);
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) zeros[at % unit] = (zeros[at % unit] as number) + 1;
  const characters = end / unit;
  for (const isLittle of [true, false]) {
    const [low, ...high] = isLittle ? zeros : zeros.toReversed();
    // The top byte of UTF-32 is never anything else.
    const isTopZero = unit === 2 || high.at(-1) === Math.floor(characters);
    if (isTopZero && high.every((count) => count * 10 > characters * 6 && (low as number) * 10 < count))
      return { unit, isLittle };
  }
  return null;
}

/** A mark at the front stays a character of the text. Pairs of halves that are none become U+FFFD. */
export function fromWide(bytes: Uint8Array, { unit, isLittle }: WideOrder): string {
  if (unit === 2) return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 16_384) {
    const codes: number[] = [];
    for (let at = from; at < Math.min(from + 16_384, bytes.length); at += 4) {
      const code = view.getUint32(at, isLittle);
      codes.push(code <= 0x10ffff ? code : 0xfffd);
    }
    pieces.push(String.fromCodePoint(...codes));
  }
  return pieces.join('');
}

/** A mark is written when the text begins with one. */
export function toWide(text: string, { unit, isLittle }: WideOrder): Uint8Array {
  const characters = unit === 2 ? text.length : [...text].length;
  const bytes = new Uint8Array(characters * unit);
  const view = new DataView(bytes.buffer);
  if (unit === 2) {
    for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
    return bytes;
  }
  let at = 0;
  for (const char of text) {
    view.setUint32(at, char.codePointAt(0) as number, isLittle);
    at += 4;
  }
  return bytes;
}
