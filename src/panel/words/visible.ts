import { withUnseenSpelled } from '../../engine/text/unseen-characters.ts';

const short = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * A string from a page as it may be shown: control characters, direction overrides (Unicode TR 36 §2.7), zero-width
 * characters and lone surrogates are written as escapes, so that nothing hides and nothing reorders the line. Joiners of emoji and of scripts
 * that need them stay, since they can be seen.
 */
export function visible(text: string): string {
  return withUnseenSpelled(
    text,
    (character) => short.get(character) ?? `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** The first `max` characters, never half a surrogate pair; null in `rest` when nothing was cut. */
export function cut(text: string, max: number): { text: string; rest: number } {
  if (text.length <= max) return { text, rest: 0 };
  const code = text.charCodeAt(max - 1);
  const end = code >= 0xd800 && code < 0xdc00 ? max - 1 : max;
  return { text: text.slice(0, end), rest: text.length - end };
}
