import type { SentencePart } from '../../page-sentence/page-sentence.ts';
import { clip } from '../../text/sentence.ts';
import { printable } from './printable.ts';

/** Text from outside as text in HTML: no markup, nothing that hides or reorders. */
export function escapeHtml(text: string): string {
  return escapeSigns(printable(text));
}

/** Line breaks of the layout stay; they can only be ours, because JSON spells those of its strings out. */
export function escapeLines(text: string): string {
  return text
    .split('\n')
    .map((line) => /^ */.exec(line)?.[0] + escapeHtml(line.trimStart()))
    .join('\n');
}

/** A sentence in which backticks mark code. */
export function proseHtml(text: string): string {
  return printable(text)
    .split('`')
    .map((piece, index) => (index % 2 ? `<code>${escapeSigns(piece)}</code>` : escapeSigns(piece)))
    .join('');
}

/** A cell of a table: a text in it is cut at so many characters. */
export function cell(text: string, most = 200): string {
  return escapeHtml(clip(text, most));
}

function escapeSigns(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The sentence about the page; each part leads to its token, or to the finding. `numberOf` is the number of a token in the report. */
export function sentenceHtml(parts: readonly SentencePart[], numberOf: (id: string) => number | null): string {
  return parts.map((part) => linked(part, numberOf)).join('');
}

function linked({ text, as, to }: SentencePart, numberOf: (id: string) => number | null): string {
  const words = escapeHtml(text);
  const marked = as === 'code' ? `<code>${words}</code>` : as === 'name' ? `<b><bdi>${words}</bdi></b>` : words;
  if (!to) return marked;
  const number = to.about === 'tokens' ? null : numberOf(to.id);
  const goal = to.about === 'finding' ? 'findings' : number === null ? 'tokens' : `token-${number}`;
  return `<a href="#${goal}">${marked}</a>`;
}
