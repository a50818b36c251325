import { type Codec, decodeEscapes, type Escape, utf8At } from './codec.ts';

/** Quoted-printable (RFC 2045 §6.7): `=3D`, and lines that go on behind a `=`. */
export const quotedPrintable: Codec = {
  id: 'quoted-printable',
  decode: (source) => decodeEscapes(source, '=', escapeAt, encode),
};

const softBreak = /=[ \t]{0,8}\r?\n/y;

function escapeAt(source: string, at: number): Escape | null {
  softBreak.lastIndex = at;
  if (softBreak.test(source)) return { length: softBreak.lastIndex - at, text: '' };
  const byteAt = (index: number) => {
    const digits = source.slice(at + 3 * index, at + 3 * index + 3);
    return /^=[0-9A-Fa-f]{2}$/.test(digits) ? Number.parseInt(digits.slice(1), 16) : -1;
  };
  if (byteAt(0) < 0) return null;
  const { bytes, text } = utf8At(byteAt);
  return { length: 3 * bytes, text };
}

function encode(text: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const isPlain = byte !== 0x3d && ((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d);
    out += isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
