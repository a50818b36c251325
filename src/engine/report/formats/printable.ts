import { unseen, withUnseenSpelled } from '../../text/unseen-characters.ts';

/**
 * Text from a page or file as it may go to a terminal, a ticket or a page: characters that move the cursor, hide or
 * reorder text or are not seen themselves are spelled out, and so are lone surrogates. One line: breaks become a space.
 */
export function printable(text: string): string {
  return withUnseenSpelled(text.replace(/[\t\r\n\u2028\u2029]+/g, ' '), spelled);
}

/** The same for text that is laid out in lines: line breaks, tabs and colours stay as they are. */
export function printableLines(text: string): string {
  return text.replace(new RegExp(`\\u001b\\[[\\d;]*m|[\\t\\n]|${unseen.source}`, 'gu'), (found) =>
    found === '\t' || found === '\n' || found.length > 2 ? found : spelled(found),
  );
}

/** JSON with two spaces of indentation, in which every such character is written as its escape; it stands for the same value. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(unseenInJson, (found) =>
    Array.from({ length: found.length }, (_, index) => {
      return `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`;
    }).join(''),
  );
}

function spelled(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}

/** Line breaks are the layout's own there: JSON spells out those of its texts. */
const unseenInJson = new RegExp(`(?!\\n)${unseen.source}`, 'gu');
