import { type Codec, decodeEscapes, type Escape, utf8At } from './codec.ts';

/** Percent-encoding (RFC 3986 §2.1). */
export const percent: Codec = {
  id: 'percent',
  decode: (source) => decodeEscapes(source, '%', escapeAt, encode),
};

function escapeAt(source: string, at: number): Escape | null {
  const byteAt = (index: number) => {
    const digits = source.slice(at + 3 * index, at + 3 * index + 3);
    return /^%[0-9a-fA-F]{2}$/.test(digits) ? Number.parseInt(digits.slice(1), 16) : -1;
  };
  if (byteAt(0) < 0) return null;
  const { bytes, text } = utf8At(byteAt);
  return { length: 3 * bytes, text };
}

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'));
  }
}
