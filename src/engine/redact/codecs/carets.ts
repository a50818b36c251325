import { type Codec, decodeEscapes } from './codec.ts';

/** Carets of cmd.exe, which take the meaning from what follows them, as in commands that developer tools copy. */
export const carets: Codec = {
  id: 'carets',
  decode: (source) => decodeEscapes(source, caretEscapes, encode),
};

const caretEscapes = {
  sign: '^',
  escapeAt: (source: string, at: number) => {
    const escaped = source.charAt(at + 1);
    return escaped === '' || escaped === '\r' || escaped === '\n' ? null : { length: 2, text: escaped };
  },
};

/** What developer tools leave as it is has no meaning for cmd.exe. */
function encode(text: string): string {
  return text.replace(/[^\w\s\-:=+~'/.,?;()*`]/g, '^$&');
}
