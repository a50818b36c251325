import { type Codec, decodeMatches, wrapped } from './codec.ts';

/**
 * One value over many lines: what breaks and quotes them (`> `, `data: `, indentation) left out. The encoding `line-wrap` of
 * detection guesses where a value goes on, so it joins less: only lines of one width, and quoted by nothing.
 */
export const joinedLines: Codec = {
  id: 'joined-lines',
  decode(source) {
    const [first, second] = source.matchAll(breaks);
    if (!first) return null;
    const width = Math.max(first.index, (second?.index ?? source.length) - first.index - first[0].length);
    return decodeMatches(source, breaks, (text) => (text.length > width ? wrapped(text, width, first[0]) : text));
  },
};

const breaks = /\r?\n[ \t]{0,80}(?:[>|*][ \t]?){0,8}(?:data:[ \t]?)?/g;
