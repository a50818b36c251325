import { base64Bytes, bytesToText, sextet } from '../base64.ts';
import type { Encoding } from './encoding.ts';

/** Base64 in either alphabet, also behind the `base64-` that Supabase puts before cookies. */
export const base64: Encoding = {
  id: 'base64',
  name: 'base64',
  peel(text, at, most) {
    let end = at;
    while (end < text.length && end - at < most && sextet(text.charCodeAt(end)) >= 0) end += 1;
    if (end - at < 16) return null;
    const bytes = base64Bytes(text, at, end);
    if (isCompressed(bytes)) return { start: at, end, text: latin1(bytes) };
    if (!isText(bytes.subarray(0, 64))) return null;
    return { start: at, end, text: bytesToText(bytes).text };
  },
};

/** Deflate in a gzip or zlib wrapper. */
function isCompressed(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return (
    (first === 0x1f && second === 0x8b) ||
    (first === 0x78 && (second === 0x01 || second === 0x5e || second === 0x9c || second === 0xda))
  );
}

/** Bytes that could be the beginning of a text: UTF-8 without control characters. */
function isText(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 13 : byte === 0x7f) return false;
  // A character may be cut at the end of the sample.
  let whole = bytes.length;
  while (whole > 0 && bytes.length - whole < 3 && (bytes[whole - 1] as number) >= 0x80) whole -= 1;
  return bytesToText(bytes.subarray(0, bytes.length < 64 ? bytes.length : whole)).valid;
}

/** One character per byte, for the decompressors that come next. */
export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
