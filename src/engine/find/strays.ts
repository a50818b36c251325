import { isWholeSignature, splitParts } from '../decode/forms/compact.ts';
import type { Token } from '../model/token.ts';

/** Characters that stand in a token where it is written, and are no part of it. */
export interface Stray {
  text: string;
  /** Characters of the token before them. */
  at: number;
}

/** What was put into a token on its way; null where more was done to it than that. Linear. */
export function straysIn(written: string, token: string): Stray[] | null {
  const strays: Stray[] = [];
  let at = 0;
  for (const char of written) {
    if (char === token.charAt(at)) at += 1;
    else if (/[\w.~+/=-]/.test(char)) return null;
    else if (strays.at(-1)?.at === at) (strays.at(-1) as Stray).text += char;
    else strays.push({ text: char, at });
    if (at === token.length) return strays;
  }
  return null;
}

/** Whether a signed token was read whole, with a signature as long as its algorithm makes it. */
export function isWholeToken({ problem, header, text }: Token): boolean {
  return problem === null && (header?.alg === 'none' || isWholeSignature(text.split('.')[2] ?? '', header));
}

/** Most that are named one by one. */
const most = 5;
const partNames = ['header', 'claims', 'signature'];

/** Each with its character and its place, in a sentence; the first few. */
export function strayWords(strays: readonly Stray[], token: string): string[] {
  const parts = splitParts(token);
  const named = strays.slice(0, most).map(({ text, at }) => {
    const index = parts.findLastIndex(({ start }) => start <= at);
    const where = `at character ${at} of the token (${at - (parts[index]?.start ?? 0)} of the ${partNames[index] ?? 'rest'})`;
    return `${characterNames(text)} stood ${where} and was left out.`;
  });
  const others = strays.length - named.length;
  return others > 0 ? [...named, `So were ${others} more.`] : named;
}

const names: Readonly<Record<string, string>> = {
  '\n': 'a line break',
  '\r\n': 'a line break',
  '\t': 'a tab',
  ' ': 'a space',
  '\u00a0': 'a no-break space (U+00A0)',
  '\u00ad': 'a soft hyphen (U+00AD)',
  '\u200b': 'a zero-width space (U+200B)',
  '\u200c': 'a zero-width non-joiner (U+200C)',
  '\u200d': 'a zero-width joiner (U+200D)',
  '\u2060': 'a word joiner (U+2060)',
  '\ufeff': 'a byte order mark (U+FEFF)',
};

function characterNames(text: string): string {
  if (Object.hasOwn(names, text)) return names[text] as string;
  const characters = [...text].slice(0, 3).map((char) => {
    if (Object.hasOwn(names, char)) return names[char] as string;
    const code = char.codePointAt(0) ?? 0;
    return code > 0x20 && code < 0x7f ? `"${char}"` : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  });
  return `${characters.join(', ')}${[...text].length > 3 ? ' …' : ''}`;
}
