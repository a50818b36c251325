/** Base64 and base64url (RFC 4648 §4, §5) in one tolerant decoder: both alphabets, padding optional. */

const values = new Int8Array(128).fill(-1);
for (const [index, char] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'].entries()) {
  values[char.charCodeAt(0)] = index;
}
values[0x2d] = values[0x2b] = 62; // - +
values[0x5f] = values[0x2f] = 63; // _ /

/** Six-bit value of a character code, or -1 when it belongs to neither alphabet. */
export function sextet(code: number): number {
  return code < 128 ? (values[code] as number) : -1;
}

/** Bytes of `text` between two offsets, without padding. Characters outside both alphabets end the reading. */
export function base64Bytes(text: string, start = 0, end: number = text.length): Uint8Array {
  let stop = end;
  while (stop > start && text.charCodeAt(stop - 1) === 0x3d) stop -= 1;
  const bytes = new Uint8Array(Math.max(0, Math.floor(((stop - start) * 3) / 4)));
  let written = 0;
  let at = start;
  for (; at + 4 <= stop; at += 4) {
    const group =
      (sextet(text.charCodeAt(at)) << 18) |
      (sextet(text.charCodeAt(at + 1)) << 12) |
      (sextet(text.charCodeAt(at + 2)) << 6) |
      sextet(text.charCodeAt(at + 3));
    // A character of neither alphabet is -1, and so is everything that is combined with it.
    if (group < 0) break;
    bytes[written] = group >> 16;
    bytes[written + 1] = (group >> 8) & 0xff;
    bytes[written + 2] = group & 0xff;
    written += 3;
  }
  let bits = 0;
  let held = 0;
  for (; at < stop; at += 1) {
    const value = sextet(text.charCodeAt(at));
    if (value < 0) return bytes.subarray(0, written);
    bits = ((bits << 6) | value) & 0xffffff;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[written] = (bits >> held) & 0xff;
      written += 1;
    }
  }
  return written === bytes.length ? bytes : bytes.subarray(0, written);
}

/** A text without the `=` at its end. An expression that looks for them reads a long run of them again and again. */
export function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x3d) end -= 1;
  return text.slice(0, end);
}

const alphabetUrl = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding, as JOSE writes it (RFC 7515 §2). */
export function toBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += `${alphabetUrl[group >> 18]}${alphabetUrl[(group >> 12) & 63]}`;
    if (left > 1) text += alphabetUrl[(group >> 6) & 63];
    if (left > 2) text += alphabetUrl[group & 63];
  }
  return text;
}

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const littleEndian = new TextDecoder('utf-16le');

export interface DecodedText {
  text: string;
  /** False when bytes had to be replaced to make text of them. */
  valid: boolean;
  /** A mark, or another encoding than UTF-8, that was read through. */
  mark: 'bom' | 'utf-16' | null;
}

/** Text of bytes that ought to be UTF-8 (RFC 7515 §2); a BOM and UTF-16 are read through and named. */
export function bytesToText(bytes: Uint8Array): DecodedText {
  // By index: taken apart as a list, a few bytes cost more than decoding them.
  const first = bytes[0];
  const second = bytes[1];
  if (first === 0xef && second === 0xbb && bytes[2] === 0xbf) return utf8(bytes.subarray(3), 'bom');
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const bigEndian = first === 0xfe || (first === 0 && second !== 0);
  if (marked || (first === 0 && second === 0x7b) || (first === 0x7b && second === 0)) {
    const body = marked ? bytes.subarray(2) : bytes;
    return { text: littleEndian.decode(bigEndian ? swapped(body) : body), valid: true, mark: 'utf-16' };
  }
  return utf8(bytes, null);
}

/**
 * The text of bytes that are UTF-16 with a mark, or ASCII as UTF-16 writes it: every other byte is zero at its beginning. Null for all
 * other bytes.
 */
export function wideText(bytes: Uint8Array): string | null {
  const first = bytes[0];
  const second = bytes[1];
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  const isBig = first === 0xfe || (first === 0 && second !== 0);
  const from = isMarked ? 2 : 0;
  const end = Math.min(bytes.length & ~1, from + 24);
  if (end - from < 8) return null;
  for (let at = from; at < end; at += 2) {
    const high = bytes[isBig ? at : at + 1];
    const low = bytes[isBig ? at + 1 : at];
    if (high !== 0 || !isTextual(Uint8Array.of(low as number)) || (low as number) > 0x7e) return null;
  }
  const body = bytes.subarray(from);
  return littleEndian.decode(isBig ? swapped(body) : body);
}

function utf8(bytes: Uint8Array, mark: DecodedText['mark']): DecodedText {
  // Most parts of tokens are short and ASCII, and a decoder costs more than they do.
  if (bytes.length <= 2048 && isAscii(bytes)) return { text: fromCodes(bytes), valid: true, mark };
  if (!isUtf8(bytes)) return { text: lenient.decode(bytes), valid: false, mark };
  return { text: lenient.decode(bytes), valid: true, mark };
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] as number) > 0x7f) return false;
  return true;
}

/** One character per byte. */
export function fromCodes(bytes: Uint8Array): string {
  // A view of a part costs more than most parts of tokens do.
  if (bytes.length <= 4096) return String.fromCharCode.apply(null, bytes as unknown as number[]);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + 4096) as unknown as number[]);
  }
  return text;
}

/** Well-formed UTF-8 (RFC 3629); with `mayEndEarly` the last character may be cut. */
export function isUtf8(bytes: Uint8Array, mayEndEarly = false): boolean {
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] as number;
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    const more = lead >= 0xc2 && lead < 0xe0 ? 1 : (lead & 0xf0) === 0xe0 ? 2 : lead >= 0xf0 && lead < 0xf5 ? 3 : 0;
    if (more === 0) return false;
    for (let next = 1; next <= more; next += 1) {
      const byte = bytes[at + next];
      if (byte === undefined) return mayEndEarly;
      if ((byte & 0xc0) !== 0x80) return false;
    }
    const second = bytes[at + 1] as number;
    if (lead === 0xe0 && second < 0xa0) return false;
    if (lead === 0xed && second > 0x9f) return false;
    if (lead === 0xf0 && second < 0x90) return false;
    if (lead === 0xf4 && second > 0x8f) return false;
    at += more + 1;
  }
  return true;
}

/** Bytes that could begin a text: UTF-8 without control characters but white space. The last character may be cut. */
export function isTextual(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 13 : byte === 0x7f) return false;
  }
  return isUtf8(bytes, true);
}

function swapped(bytes: Uint8Array): Uint8Array {
  const turned = new Uint8Array(bytes.length & ~1);
  for (let at = 0; at < turned.length; at += 2) {
    turned[at] = bytes[at + 1] as number;
    turned[at + 1] = bytes[at] as number;
  }
  return turned;
}
