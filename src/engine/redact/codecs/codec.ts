/** A text behind an encoding, and where each of its characters stands in the source. */
export interface Decoded {
  text: string;
  /** Offset in the source of the character at an offset of `text`; null when a change spells the whole source anew. */
  sourceOf: ((offset: number) => number) | null;
  /** The characters stand for bytes: what takes the place of a secret must be as long. */
  bytes?: boolean;
  /** Why a part of it could not be read. */
  unread?: string;
  /** Spells a text, or one that takes the place of a stretch of it. */
  encode(text: string): string;
}

/** A way of writing a text, undone and done again. Never throws; null when the source is not written so. */
export interface Codec {
  id: string;
  decode(source: string): Decoded | null;
}

/** An escape sequence: how many characters it has, and what it stands for. */
export interface Escape {
  length: number;
  text: string;
}

/** Undoes escape sequences that begin with one character, and remembers where they stood. Linear. */
export function decodeEscapes(
  source: string,
  lead: string,
  escapeAt: (source: string, at: number) => Escape | null,
  encode: (text: string) => string,
): Decoded | null {
  const draft = createDraft(source);
  for (let at = source.indexOf(lead); at >= 0; at = source.indexOf(lead, at)) {
    const sequence = escapeAt(source, at);
    if (sequence) draft.add(at, sequence);
    at += sequence?.length ?? 1;
  }
  return draft.finish(encode);
}

/** Leaves out what a pattern matches, and remembers where it stood. */
export function decodeMatches(source: string, left: RegExp, encode: (text: string) => string): Decoded | null {
  const draft = createDraft(source);
  for (const { index, 0: whole } of source.matchAll(left)) draft.add(index, { length: whole.length, text: '' });
  return draft.finish(encode);
}

function createDraft(source: string) {
  const pieces: string[] = [];
  let piece = '';
  /** After each sequence: the offset in the decoded text, and in the source. */
  let anchors = new Uint32Array(64);
  let count = 2;
  let length = 0;
  let done = 0;
  return {
    add(at: number, { length: characters, text }: Escape) {
      piece += source.slice(done, at) + text;
      if (piece.length > 8192) {
        pieces.push(piece);
        piece = '';
      }
      length += at - done + text.length;
      done = at + characters;
      if (count + 2 > anchors.length) {
        const larger = new Uint32Array(anchors.length * 2);
        larger.set(anchors);
        anchors = larger;
      }
      anchors[count] = length;
      anchors[count + 1] = done;
      count += 2;
    },
    finish(encode: (text: string) => string): Decoded | null {
      if (done === 0) return null;
      pieces.push(piece, source.slice(done));
      return {
        text: pieces.join(''),
        sourceOf(offset) {
          const index = lastNotAbove(anchors, count / 2, offset) * 2;
          return (anchors[index + 1] as number) + offset - (anchors[index] as number);
        },
        encode,
      };
    },
  };
}

/** Index of the last pair whose first number is not above `limit`, among `count` pairs that rise. */
function lastNotAbove(pairs: Uint32Array, count: number, limit: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pairs[middle * 2] as number) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The UTF-8 character whose bytes `byteAt` reads one after the other; a byte that begins none stands for itself. */
export function utf8At(byteAt: (index: number) => number): { bytes: number; text: string } {
  const first = byteAt(0);
  const count = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
  const bytes = Uint8Array.from({ length: count }, (_, index) => byteAt(index));
  if (count === 1) return { bytes: 1, text: String.fromCharCode(first) };
  for (let index = 1; index < count; index += 1) {
    const byte = byteAt(index);
    if (byte < 0x80 || byte > 0xbf) return { bytes: 1, text: String.fromCharCode(first) };
  }
  const text = new TextDecoder().decode(bytes);
  return text.includes('\ufffd') ? { bytes: 1, text: String.fromCharCode(first) } : { bytes: count, text };
}
