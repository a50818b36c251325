import { gzipSync, zlibSync } from 'fflate';
import { fromCodes, isTextual, isUtf8 } from '../../base64.ts';
import { inflate } from '../../inflate.ts';

/** Bytes as a text to search, and back. */
export interface ReadBytes {
  text: string;
  /** Set when each character stands for a byte. */
  bytes?: boolean;
  /** Why a part of it could not be read. */
  unread?: string;
  encode(text: string): Uint8Array;
}

/** UTF-8 and UTF-16 where they are that, compressed data unpacked, anything else byte for byte. Never throws. */
export function readBytes(bytes: Uint8Array, layers = 3): ReadBytes {
  const packed = layers > 0 ? unpack(bytes, layers - 1) : null;
  if (packed) return packed;
  const wide = wideOrder(bytes);
  if (wide) {
    const text = new TextDecoder(`utf-16${wide}`, { ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => toWide(changed, wide) };
  }
  if (isTextual(bytes.subarray(0, 4096)) && isUtf8(bytes)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => new TextEncoder().encode(changed) };
  }
  const text = fromCodes(bytes);
  return isProse(text) ? { text, encode: toCodes } : { text, bytes: true, encode: toCodes };
}

/** Without control characters it is a text in an older encoding of one byte a character. */
function isProse(text: string): boolean {
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text);
}

/** Most bytes that compressed data may grow to. What is larger is not read. */
const largest = 64 << 20;

function unpack(bytes: Uint8Array, layers: number): ReadBytes | null {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;
  const isZlib = bytes[0] === 0x78 && ((bytes[0] << 8) | (bytes[1] ?? 0)) % 31 === 0;
  if (!isGzip && !isZlib) return null;
  const unpacked = inflate(bytes, isGzip ? 'gzip' : 'zlib', largest);
  if (!unpacked) return isGzip ? unreadable(bytes, 'Compressed data is damaged.') : null;
  if (unpacked.cut) return unreadable(bytes, 'Compressed data grows beyond 64 MB.');
  if (isGzip && !isWhole(bytes, unpacked.bytes.length)) return unreadable(bytes, 'Compressed data is cut off.');
  const inner = readBytes(unpacked.bytes, layers);
  if (isZlib && inner.bytes) return null;
  // Compressed anew, so lengths inside do not matter outside.
  return {
    text: inner.text,
    ...(inner.bytes ? { bytes: true } : {}),
    ...(inner.unread ? { unread: inner.unread } : {}),
    encode: (text) => (isGzip ? gzipSync : zlibSync)(inner.encode(text)),
  };
}

function unreadable(bytes: Uint8Array, unread: string): ReadBytes {
  return { text: fromCodes(bytes), bytes: true, unread, encode: toCodes };
}

/** A gzip member ends with the length of what it holds (RFC 1952 §2.3.1). */
function isWhole(bytes: Uint8Array, length: number): boolean {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, true) === length >>> 0;
}

/** Byte order of UTF-16 text, told by its mark or by the zeros of ASCII. */
export function wideOrder(bytes: Uint8Array): 'le' | 'be' | null {
  if (bytes.length < 8 || bytes.length % 2 === 1) return null;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'be';
  let even = 0;
  let odd = 0;
  const end = Math.min(bytes.length, 512);
  for (let at = 0; at < end; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  if (even * 10 < odd && odd * 10 > end * 3) return 'le';
  return odd * 10 < even && even * 10 > end * 3 ? 'be' : null;
}

/** UTF-16 in a byte order; a mark is written when the text begins with one. */
export function toWide(text: string, order: 'le' | 'be'): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), order === 'le');
  return bytes;
}

/** One byte for each character. */
export function toCodes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at) & 0xff;
  return bytes;
}
