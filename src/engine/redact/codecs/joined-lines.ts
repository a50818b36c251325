import { type Codec, decodeMatches, wrapped } from './codec.ts';

/**
 * One value over many lines: what breaks and quotes them (`> `, `data: `, indentation) left out. The encoding `line-wrap` of
 * detection guesses where a value goes on, so it joins less: only lines of one width, and quoted by nothing.
 */
export const joinedLines: Codec = {
  id: 'joined-lines',
  decode(source) {
    const between = isChanged(source) ? changes : breaks;
    const [first, second] = source.matchAll(between);
    if (!first) return null;
    const width = Math.max(first.index, (second?.index ?? source.length) - first.index - first[0].length);
    return decodeMatches(source, between, (text) => (text.length > width ? wrapped(text, width, first[0]) : text));
  },
};

/** Quotes of mails, events of a stream; notes of programs, numbers of lines. */
const lead =
  "\\r?\\n[ \\t]{0,80}(?:[>|*][ \\t]?){0,8}(data:[ \\t]?)?((?:(?:[#;%'-]|\\/\\/|\\d{1,5}[:.|)]?(?=[ \\t]))[ \\t]{1,8}){0,3})";
/** Behind a soft break of quoted-printable the next line is quoted, too. */
const breaks = new RegExp(`(?:=(?=\\r?\\n[ \\t]{0,8}>))?${lead}`, 'g');
/** What was added, or taken away, as `diff` writes it. */
const changes = /\r?\n[+-]/g;
const plainLead = new RegExp(lead, 'y');
const changedLead = /\r?\n[+-](data:)?()/y;

/** What may stand between the lines of a value, from the end of a line on: its groups are `data:` and what goes before pieces of a token only. */
export function leadOf(isOfChange: boolean): RegExp {
  return isOfChange ? changedLead : plainLead;
}

/** A token whose first line is one that was added or taken away. */
export function isChanged(start: string): boolean {
  return /^[+-]eyJ/.test(start);
}
