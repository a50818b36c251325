import { type Codec, decodeMatches } from '../codecs/codec.ts';
import type { Slot, Structure } from '../context.ts';
import { isUnfinished } from '../split-values.ts';

/** A text that is read without what a pattern matches. */
function without(id: string, signs: readonly string[], left: RegExp): Structure {
  const codec: Codec = { id, decode: (source) => decodeMatches(source, left, (text) => text) };
  return {
    id,
    signs,
    *slots(text): Generator<Slot> {
      if (text.search(left) >= 0) yield { start: 0, end: text.length, codec, held: 'text', isEncoded: true, at: id };
    },
  };
}

/** Characters that are not seen, and places where a word may break, in the midst of a word: chat, wikis and mail put them there. */
export const unseenText = without(
  'unseen',
  [
    ...'\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe00\ufe0e\ufe0f\ufeff',
    ...['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'],
    ...[
      '<wbr',
      '&shy;',
      '&#173;',
      '&#xad;',
      '&ZeroWidthSpace;',
      '&#8203;',
      '&#x200b;',
      '&NoBreak;',
      '&#8288;',
      '&#x2060;',
    ],
  ],
  /(?<=[\w.~+/=-])(?:[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\u034f|[\ufe00-\ufe0f]|<wbr[ \t]{0,4}\/?>|&(?:shy|ZeroWidthSpace|NoBreak|#173|#xad|#8203|#x200b|#8288|#x2060);){1,16}(?=[\w.~+/=-])/gi,
);

/** Texts in quotes that a program puts together: by `+`, `.`, `..`, `&` or `||`, or one below the other. */
export const joinedTexts = without(
  'joined-texts',
  ['"', "'", '`'],
  /(["'`])(?:\s{0,80}(?:\+|\.{1,2}|&(?:[ \t]{0,8}_)?|\|\|)\s{0,80}|[ \t]{0,80}\r?\n[ \t]{1,80})\1(?=[^"'`\r\n]{1,4096}(?:\1(?!\s{0,8}:)|$))/g,
);

const spaces: Codec = { id: 'spaces', decode: (source) => decodeMatches(source, / /g, (text) => text) };

/** A token in pieces of one width with a space between them, as it comes from the window of a terminal. */
export const spacedTokens: Structure = {
  id: 'spaced-tokens',
  signs: ['eyJ'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole } of text.matchAll(inPieces)) {
      const [first = '', ...pieces] = whole.split(' ');
      let joined = first;
      let end = index + first.length;
      for (const piece of pieces) {
        if (!isUnfinished(joined) || piece.length > first.length) break;
        joined += piece;
        end += piece.length + 1;
        if (piece.length < first.length) break;
      }
      if (joined !== first && !isUnfinished(joined))
        yield { start: index, end, codec: spaces, held: 'text', isEncoded: true, at: 'spaces' };
    }
  },
};

const inPieces = /(?<![\w.-])eyJ[\w.-]{17,500}(?: [\w.-]{1,500}){1,200}/g;
