import { type Escape, type Escaping, eachEscape } from '../../text/escapes.ts';

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

/** Undoes escape sequences, and remembers where they stood. Linear. */
export function decodeEscapes(source: string, escaping: Escaping, encode: (text: string) => string): Decoded | null {
  if (!source.includes(escaping.sign)) return null;
  const draft = createDraft(source);
  eachEscape(source, escaping, draft.add);
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
  const anchors = createPairs();
  let length = 0;
  let done = 0;
  return {
    add(at: number, { length: characters, text }: Escape) {
      piece += source.slice(done, at) + text;
      if (piece.length > 8192) {
        // Asked for a character, the platform makes one string of the many it was put together from.
        piece.charCodeAt(0);
        pieces.push(piece);
        piece = '';
      }
      length += at - done + text.length;
      done = at + characters;
      anchors.add(length, done);
    },
    finish(encode: (text: string) => string): Decoded | null {
      if (done === 0) return null;
      pieces.push(piece, source.slice(done));
      return {
        text: pieces.join(''),
        sourceOf(offset) {
          const [decoded, stands] = anchors.lastNotAbove(offset);
          return stands + offset - decoded;
        },
        encode,
      };
    },
  };
}

const pairsInBlock = 1 << 14;

/** Pairs of numbers that rise, in blocks, so that millions of them are never copied. The first is 0 and 0. */
function createPairs() {
  const blocks = [new Uint32Array(64)];
  let count = 1;
  return {
    add(first: number, second: number) {
      const at = (count % pairsInBlock) * 2;
      if (at === 0) blocks.push(new Uint32Array(pairsInBlock * 2));
      let block = blocks[blocks.length - 1] as Uint32Array;
      if (at >= block.length) {
        const larger = new Uint32Array(Math.min(block.length * 4, pairsInBlock * 2));
        larger.set(block);
        blocks[blocks.length - 1] = larger;
        block = larger;
      }
      block[at] = first;
      block[at + 1] = second;
      count += 1;
    },
    /** The last pair whose first number is not above `limit`. */
    lastNotAbove(limit: number): [number, number] {
      let low = 0;
      let high = count - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (at(middle, 0) <= limit) low = middle;
        else high = middle - 1;
      }
      return [at(low, 0), at(low, 1)];
    },
  };

  function at(index: number, which: 0 | 1): number {
    return (blocks[Math.floor(index / pairsInBlock)] as Uint32Array)[(index % pairsInBlock) * 2 + which] as number;
  }
}

/** A text in lines of one width. */
export function wrapped(text: string, width: number, between: string): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += width) lines.push(text.slice(at, at + width));
  return lines.join(between);
}
