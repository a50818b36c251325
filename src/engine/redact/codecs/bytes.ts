import { Gunzip, gzipSync, zlibSync } from 'fflate';
import { fromCodes, isTextual, isUtf8 } from '../../text/base64.ts';
import { inflate, wrapperOf } from '../../text/inflate.ts';
import { isZip, packingOf } from '../../text/packing.ts';
import { fromWide, toWide, wideOrder } from '../../text/wide-text.ts';

/** Bytes as a text to search, and back. */
export interface ReadBytes {
  text: string;
  /** Set when each character stands for a byte. */
  bytes?: boolean;
  /** Why a part of it could not be read. */
  unread?: string;
  encode(text: string): Uint8Array;
}

/** UTF-8, UTF-16 and UTF-32 where they are that, compressed data unpacked, anything else byte for byte. Never throws. */
export function readBytes(bytes: Uint8Array, layers = 3): ReadBytes {
  const packed = layers > 0 ? unpack(bytes, layers - 1) : null;
  if (packed) return packed;
  if (isZip(bytes)) return unreadable(bytes, 'An archive in it was not opened.');
  const packing = packingOf(bytes);
  if (packing) return unreadable(bytes, `What is packed as ${packing} in it was not read.`);
  const wide = readWide(bytes);
  if (wide) return wide;
  if (isTextual(bytes.subarray(0, 4096)) && isUtf8(bytes)) {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
    return { text, encode: (changed) => new TextEncoder().encode(changed) };
  }
  const text = fromCodes(bytes);
  return isProse(text) && !isPacked(text) ? { text, encode: toCodes } : { text, bytes: true, encode: toCodes };
}

/** UTF-16 or UTF-32; half a character at its end, where it was cut off, stays as it is. */
function readWide(bytes: Uint8Array): ReadBytes | null {
  const whole = bytes.subarray(0, bytes.length & ~1);
  const order = wideOrder(whole);
  if (!order) return null;
  if (order.unit === 2 && hasNarrowPart(whole)) {
    return unreadable(bytes, 'A part of it is written in another encoding than its beginning.');
  }
  const half = bytes.subarray(whole.length);
  return { text: fromWide(whole, order), encode: (changed) => joined(toWide(changed, order), half) };
}

/** Bytes of ASCII in a row that are no UTF-16, in which letters of one script have one byte in common: what was appended in UTF-8. */
const narrowRun = 32;

function hasNarrowPart(bytes: Uint8Array): boolean {
  let run = 0;
  let [even, odd] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    const isPlain = (byte >= 0x20 && byte <= 0x7e) || (byte >= 9 && byte <= 13);
    run = isPlain ? run + 1 : 0;
    if (run <= 2) [even, odd] = [0, 0];
    else if (byte !== bytes[at - 2] && at % 2 === 0) even += 1;
    else if (byte !== bytes[at - 2]) odd += 1;
    if (run >= narrowRun && even > 2 && odd > 2) return true;
  }
  return false;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (second.length === 0) return first;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** Without control characters it is a text in an older encoding of one byte a character. */
function isProse(text: string): boolean {
  return !/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text);
}

/** A map or list of MessagePack or CBOR, whose short texts have no control characters. */
function isPacked(text: string): boolean {
  const [, name = ''] = /^(?:[\x80-\x9f]|\xde..|[\xa0-\xbb])[\x60-\x77\xa0-\xbf]([\w.-]{2,31})/s.exec(text) ?? [];
  return name !== '' && (text.charCodeAt(text.indexOf(name) - 1) & 31) <= name.length;
}

/** Most bytes that compressed data may grow to. What is larger is not read. */
const largest = 64 << 20;

function unpack(bytes: Uint8Array, layers: number): ReadBytes | null {
  const wrapper = wrapperOf(bytes);
  if (wrapper === 'gzip') {
    const unpacked = gunzip(bytes);
    return typeof unpacked === 'string' ? unreadable(bytes, unpacked) : packed(unpacked, layers, gzip);
  }
  if (wrapper === null) return null;
  const unpacked = inflate(bytes, 'zlib', largest);
  if (!unpacked) return null;
  if (unpacked.cut) return unreadable(bytes, tooLarge);
  if (adler32(unpacked.bytes) !== lastNumber(bytes, false)) return null;
  const inner = packed(unpacked.bytes, layers, zlibSync);
  return inner.bytes ? null : inner;
}

/** Compressed anew, so lengths inside do not matter outside. */
function packed(unpacked: Uint8Array, layers: number, pack: (bytes: Uint8Array) => Uint8Array): ReadBytes {
  const inner = readBytes(unpacked, layers);
  return { ...inner, encode: (text) => pack(inner.encode(text)) };
}

/** Without the time of writing: a copy is the same whenever it is made. */
function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { mtime: 0 });
}

function unreadable(bytes: Uint8Array, unread: string): ReadBytes {
  return { text: fromCodes(bytes), bytes: true, unread, encode: toCodes };
}

const tooLarge = 'Compressed data grows beyond 64 MB.';
const damaged = 'Compressed data is damaged.';
/** Fed piece by piece, so that a small input that grows without end is stopped early. */
const pieceBytes = 1024;
/** Pieces that may bring nothing: a header has an extra field of up to 64 KB, and names (RFC 1952 §2.3). It is read from its beginning with each. */
const mostSilent = 128;

/** All members of a gzip file one after the other (RFC 1952 §2.2), or why they cannot be read. */
function gunzip(bytes: Uint8Array): Uint8Array | string {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let memberStart = 0;
  const stream = new Gunzip((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  stream.onmember = () => {
    memberStart = length;
  };
  try {
    let silent = 0;
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      const before = length;
      stream.push(bytes.subarray(at, at + pieceBytes));
      if (length > largest) return tooLarge;
      silent = length > before ? 0 : silent + 1;
      if (silent > mostSilent) return damaged;
    }
  } catch {
    return damaged;
  }
  // The last member ends with the length of what it holds (RFC 1952 §2.3.1).
  if (length === 0 || bytes.length < 18 || length - memberStart !== lastNumber(bytes, true))
    return 'Compressed data is cut off.';
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function lastNumber(bytes: Uint8Array, isLittle: boolean): number {
  if (bytes.length < 4) return -1;
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 4, isLittle);
}

/** The check sum of zlib (RFC 1950 §8.2). */
function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

/** One byte for each character. */
export function toCodes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at) & 0xff;
  return bytes;
}
