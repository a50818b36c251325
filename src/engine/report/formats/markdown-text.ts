import { printable } from './printable.ts';

/** Words with nothing in them that Markdown, HTML or a code host reads as more than words. Balanced code spans are kept. */
export function escapeMarkdown(text: string): string {
  return printable(text)
    .split(/(`[^`]+`)/)
    .map((piece) => (isCode(piece) ? piece.replaceAll('|', '\\|') : escapePlain(piece)))
    .join('');
}

/** In a cell of a table, hosts differ over two backslashes before a bar in code: to some the bar ends the cell, and what follows is no code. */
function isCode(piece: string): boolean {
  return piece.startsWith('`') && piece.length > 2 && !piece.includes('\\|');
}

/** What hosts read as somebody or something of theirs: a mention, an issue; for GitLab also a request, an epic, a label … */
const reference = /[@#](?=\w)|(?<!\w)[!&%~$^](?=[\w"])/g;
/** Follows the sign: hosts look for references after entities are resolved, and a gap without width keeps them apart. */
const gap = '&#8203;';

function escapePlain(text: string): string {
  return text
    .replace(reference, (sign) => `${sign}\0`)
    .replace(/[&<>@#]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/[\\`*_[\]|~$]/g, '\\$&')
    .replaceAll('\0', gap)
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)}&#46;`);
}

/** A code span around any text: its fence is longer than any run of backticks inside. */
export function codeSpan(text: string): string {
  const clean = printable(text);
  // Not `Math.max(...)`: the runs of a hostile name are more than a call takes arguments.
  let longest = 0;
  for (const [run] of clean.matchAll(/`+/g)) longest = Math.max(longest, run.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${clean} ${fence}`;
}

/** An address as it may stand between the brackets of a link. */
export function linkTarget(url: string): string {
  return url.replace(/[()\s<>\\|`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}
