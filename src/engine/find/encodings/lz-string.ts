import type { Encoding, Peeled } from './encoding.ts';

const plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=';
const uri = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$';

/** Of what begins with `{` or `[`, and with a quote, spelled in six bits a character. */
const beginnings = ['N[4-7o-r]', 'E[Q-T]'];

/** Storage compressed with the lz-string library, in any of its four spellings; only when JSON comes out of it. */
export const lzString: Encoding = {
  id: 'lz-string',
  name: 'lz-string compression',
  tried: ['whole', 'run'],
  begins: beginnings,
  peel(text, at, most) {
    for (const { end, bits, read } of spellings(text, at)) {
      if (end - at < 16) continue;
      const decoded = decompress(end - at, bits, (index) => read(at + index), most);
      if (decoded) return { start: at, end, ...decoded };
    }
    return null;
  },
};

const base64Run = new RegExp(`(?:${beginnings.join('|')})[A-Za-z0-9+/]+=*`, 'y');
const uriRun = new RegExp(`(?:${beginnings.join('|')})[A-Za-z0-9+$-]+`, 'y');

/** How the bits may be spelled here. Base64 may stand anywhere; the others are whole values. */
function* spellings(
  text: string,
  at: number,
): Generator<{ end: number; bits: number; read: (index: number) => number }> {
  for (const [run, alphabet] of [
    [base64Run, plain],
    [uriRun, uri],
  ] as const) {
    run.lastIndex = at;
    if (run.test(text)) yield { end: run.lastIndex, bits: 6, read: (index) => alphabet.indexOf(text.charAt(index)) };
  }
  if (at > 0 || text.charCodeAt(0) < 0x100) return;
  yield { end: text.length, bits: 15, read: (index) => text.charCodeAt(index) - 32 };
  yield { end: text.length, bits: 16, read: (index) => text.charCodeAt(index) };
}

/** LZ78 as lz-string 1.5 does it. Null unless the text begins like JSON; no more than `most` characters of it. */
function decompress(
  length: number,
  bits: number,
  read: (index: number) => number,
  most: number,
): Pick<Peeled, 'text' | 'isPartial'> | null {
  let word = read(0);
  let mask = 1 << (bits - 1);
  let index = 1;
  let isPastEnd = false;

  function take(count: number): number {
    let value = 0;
    for (let bit = 0; bit < count; bit += 1) {
      if (word & mask) value |= 1 << bit;
      mask >>= 1;
      if (mask === 0) {
        mask = 1 << (bits - 1);
        if (index > length) isPastEnd = true;
        word = index < length ? read(index) : 0;
        index += 1;
      }
    }
    return value;
  }

  function literal(kind: number): string {
    return String.fromCharCode(take(kind === 0 ? 8 : 16));
  }

  const kind = take(2);
  if (kind > 1) return null;
  const dictionary: string[] = ['', '', '', literal(kind)];
  let last = dictionary[3] as string;
  if (last !== '{' && last !== '[' && last !== '"') return null;
  let width = 3;
  let enlargeIn = 4;
  const pieces = [last];
  let written = 1;
  while (!isPastEnd) {
    let code = take(width);
    if (code === 2) return { text: pieces.join('') };
    if (code < 2) {
      dictionary.push(literal(code));
      code = dictionary.length - 1;
      enlargeIn -= 1;
      if (enlargeIn === 0) enlargeIn = 2 ** width++;
    }
    const entry = dictionary[code] ?? (code === dictionary.length ? last + last.charAt(0) : null);
    if (entry === null) return null;
    written += entry.length;
    if (written > most) return { text: pieces.join(''), isPartial: true };
    pieces.push(entry);
    dictionary.push(last + entry.charAt(0));
    enlargeIn -= 1;
    last = entry;
    if (enlargeIn === 0) enlargeIn = 2 ** width++;
  }
  return null;
}
