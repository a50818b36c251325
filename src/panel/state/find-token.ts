import type { Token } from '../../engine/model/token.ts';

/** Shortest beginning of a token, and shortest part of one, that finds it: what is shorter is a word like another. */
const shortestBeginning = 3;
const shortestPart = 8;
/** Shortest beginning of an id. */
const shortestId = 6;
/** A token longer than this is found by its beginning, or whole. */
const longestSearched = 200_000;

const lowered = new WeakMap<Token, string>();

/**
 * Whether a text in small letters is a token, its beginning, a part of it, its id or the beginning of that, the masked line that
 * stands for it, or holds the token. Percent-encoding is undone.
 */
export function isOfToken(token: Token, text: string): boolean {
  const plain = decoded(text);
  return isId(token, plain) || isMaskedLine(token, plain) || isText(token, plain);
}

function isText(token: Token, text: string): boolean {
  if (text.length < shortestBeginning) return false;
  if (token.text.length > longestSearched) return token.text.slice(0, text.length).toLowerCase() === text;
  const whole = lowered.get(token) ?? token.text.toLowerCase();
  lowered.set(token, whole);
  if (whole.startsWith(text)) return true;
  if (text.length >= shortestPart && whole.includes(text)) return true;
  return whole.length >= shortestPart && text.length > whole.length && text.includes(whole);
}

function isId({ id }: Token, text: string): boolean {
  const hex = text.replace(/^sha-?256[:-]/, '');
  return hex.length >= shortestId && id.startsWith(hex);
}

/** `eyJhbGciOi…3f9c2a…(212 characters)`, or the part of it before the first space. */
function isMaskedLine({ id, text: whole }: Token, text: string): boolean {
  const [, beginning = '', hex = ''] = /^([^…]{0,10})…([0-9a-f]{4,6})(?:…|$)/.exec(text) ?? [];
  return hex !== '' && id.startsWith(hex) && whole.slice(0, beginning.length).toLowerCase() === beginning;
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return text;
  }
}
