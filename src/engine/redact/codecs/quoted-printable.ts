import { type Escaping, octetsAt } from '../../text/escapes.ts';
import { type Codec, decodeEscapes } from './codec.ts';

/** Quoted-printable (RFC 2045 §6.7): `=3D`, and lines that go on behind a `=`, in an answer, too. */
export const quotedPrintable: Codec = {
  id: 'quoted-printable',
  decode: (source) => decodeEscapes(source, escaping, encode),
};

const escaping: Escaping = {
  sign: '=',
  escapeAt(source, at) {
    softBreak.lastIndex = at;
    return softBreak.test(source) ? { length: softBreak.lastIndex - at, text: '' } : octetsAt(source, at);
  },
};

const softBreak = /=[ \t]{0,8}\r?\n(?:> ?){0,8}/y;

function encode(text: string): string {
  let out = '';
  for (const byte of new TextEncoder().encode(text)) {
    const isPlain = byte !== 0x3d && ((byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d);
    out += isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return out;
}
