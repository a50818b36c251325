import { Inflate } from 'fflate';
import { limits } from '../limits.ts';

/** Fed piece by piece, so that a small input that grows without end is stopped early. */
const pieceBytes = 1024;

/**
 * What of a stream holds nothing: more than a block that comes out whole may have (RFC 1951 §3.2.4) and all that stands before one
 * of another kind. What follows the last block is such, and would be copied with every piece that comes after it.
 */
const mostWithoutAnything = (64 + 2) * 1024;

/**
 * The wrapper that bytes begin with: gzip (RFC 1952 §2.3.1), or zlib (RFC 1950 §2.2) with the window that every writer uses
 * and no dictionary; null for anything else.
 */
export function wrapperOf([first = 0, second = 0, third = 0]: Iterable<number>): 'zlib' | 'gzip' | null {
  if (first === 0x1f && second === 0x8b && third === 8) return 'gzip';
  return first === 0x78 && ((first << 8) | second) % 31 === 0 && (second & 32) === 0 ? 'zlib' : null;
}

/**
 * Decompresses deflate data (RFC 1951), bare or in a zlib (RFC 1950) or gzip (RFC 1952) wrapper.
 * Stops at `most` bytes, and then says `cut`; and where nothing more comes out. Null when the data is not what it should be.
 * Checksums are not compared.
 */
export function inflate(
  data: Uint8Array,
  wrapper: 'raw' | 'zlib' | 'gzip',
  most: number = limits.inflatedBytes,
): { bytes: Uint8Array; cut: boolean } | null {
  const start = wrapper === 'raw' ? 0 : wrapper === 'zlib' ? zlibStart(data) : gzipStart(data);
  if (start < 0) return null;
  const pieces: Uint8Array[] = [];
  let length = 0;
  let fed = start;
  let fedAtLast = start;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
    if (piece.length > 0) fedAtLast = fed;
  });
  try {
    for (; fed < data.length && length <= most && fed - fedAtLast <= mostWithoutAnything; fed += pieceBytes) {
      stream.push(data.subarray(fed, fed + pieceBytes), fed + pieceBytes >= data.length);
    }
  } catch {
    // Trailing bytes after the last block also end here; what came out before is kept.
  }
  if (length === 0) return null;
  const bytes = new Uint8Array(Math.min(length, most));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.subarray(0, bytes.length - at), at);
    at += piece.length;
    if (at >= bytes.length) break;
  }
  return { bytes, cut: length > most };
}

function zlibStart(data: Uint8Array): number {
  const [method = 0, flags = 0] = data;
  return (method & 15) === 8 && ((method << 8) | flags) % 31 === 0 && (flags & 32) === 0 ? 2 : -1;
}

function gzipStart(data: Uint8Array): number {
  if (data.length < 18 || data[0] !== 0x1f || data[1] !== 0x8b || data[2] !== 8) return -1;
  const flags = data[3] as number;
  let at = 10;
  if (flags & 4) at += 2 + (data[10] as number) + ((data[11] as number) << 8);
  for (const named of [8, 16]) {
    if (!(flags & named)) continue;
    const end = data.indexOf(0, at);
    if (end < 0) return -1;
    at = end + 1;
  }
  return flags & 2 ? at + 2 : at;
}
