import type { Token } from '../../engine/model/token.ts';
import { unseen } from '../../engine/text/unseen-characters.ts';
import { masked } from '../words/masked.ts';
import { visible } from '../words/visible.ts';
import { cutAddresses } from './cut-addresses.ts';
import { readTerms } from './filter-terms.ts';
import { tokensOf } from './filter-words.ts';
import { isOfToken } from './find-token.ts';
import type { Row } from './row.ts';

/** A longer one was pasted, and is hardly wanted again. */
const longest = 300;

/** What base64 of a JSON object begins with, and that once more in base64, and other tokens do (`T1==`, `007`): nobody needs it in a filter that lasts. */
const beginning = /(?<![a-z\d])(?:ey[aj]|zxl[bk]|ew[0ko]|t1==|00[67][a-z]|v[1-4]\.(?:local|public)\.|base64-)/i;

/** So many characters of one kind in a row are an id, a key or a part of a token, unless they are a word. */
const run = /[\w+=~%]{12}[\w+=~%]*/g;

/** `standup`, `STANDUP`, `DailyStandup2026`, `12345`: not `xNzk2MDAsI`. */
function isWord(text: string): boolean {
  if (/^(?:[A-Z]+|\d{1,11})$/.test(text)) return true;
  const humps = text.replace(/\d{1,4}$/, '').split(/(?<=[a-z])(?=[A-Z])/);
  return humps.every((hump, index) => /^[A-Za-z][a-z]+$/.test(hump) && (index === 0 || hump.length >= 3));
}

/**
 * A filter as it may be kept: addresses without query, fragment, user name and password; null where it holds a token, the beginning
 * or a part of one, its id, or what could be one, however it is written. Rather one filter too many is forgotten than one token kept.
 */
export function keptFilter(text: string, rows: readonly Row[]): string | null {
  if (text.trim() === '') return '';
  if (text.length > longest || readTerms(text, null).some(({ word }) => word?.name === 'id')) return null;
  const kept = cutAddresses(text);
  if (kept === null || couldBeToken(kept)) return null;
  const plain = plainOf(kept);
  // What another encoding hides is not cut out of it.
  if (plain !== kept && (couldBeToken(plain) || cutAddresses(plain) !== plain)) return null;
  return isKnown(kept, plain, rows) ? null : kept;
}

/** Whether it has the look of a token, whether one is known or not. */
function couldBeToken(text: string): boolean {
  // In an expression each of its characters may stand in brackets.
  if (beginning.test(text) || beginning.test(text.replace(/[[\]()\\]/g, '')) || masked(text) !== visible(text))
    return true;
  return [...text.matchAll(run)].some(([one]) => one.split(/[_%]/).some((part) => part.length >= 12 && !isWord(part)));
}

/** Without escapes, percent-encoding, letters that only look otherwise and what is not seen. */
function plainOf(text: string): string {
  let plain = text.replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,5})\})/gi, (_, short, long, braced) =>
    String.fromCodePoint(Number.parseInt(short ?? long ?? braced, 16)),
  );
  for (let layer = 0; layer < 3 && plain.includes('%'); layer += 1)
    plain = plain.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return plain.normalize('NFKC').replace(unseen, '');
}

/** What stands between marks, and the whole of each word: a token may hold the marks, too. */
function piecesOf(text: string): string[] {
  const words = text.toLowerCase().split(/[\s",]+/);
  const pieces = words.flatMap((word) => [
    word,
    word.replace(/^[-/^]*(?:[a-z]+:)?[-/^]*/, ''),
    ...word.split(/[^\w.~+=-]+/),
  ]);
  return [...new Set([text.trim().toLowerCase(), ...pieces])].filter((piece) => piece.length >= 3);
}

/** Every eight letters and digits of a text in a row: a part of a token may be in pieces, and have something glued to it. */
function windowsOf(text: string): string[] {
  const bare = bareOf(text);
  return [...new Set(Array.from({ length: Math.max(0, bare.length - 7) }, (_, at) => bare.slice(at, at + 8)))];
}

const bareOf = (text: string) => text.toLowerCase().replace(/[^a-z\d]+/g, '');

/** Tokens of which the text asked about last holds nothing: rows change far more often than what is filtered by. */
let cleared = { text: '', tokens: new WeakSet<Token>() };

function isKnown(text: string, plain: string, rows: readonly Row[]): boolean {
  if (cleared.text !== text) cleared = { text, tokens: new WeakSet() };
  const { tokens } = cleared;
  const pieces = [...new Set([...piecesOf(text), ...piecesOf(plain)])];
  const windows = windowsOf(plain);
  for (const row of rows) {
    for (const token of tokensOf(row)) {
      if (tokens.has(token)) continue;
      if (pieces.some((piece) => isOfToken(token, piece)) || holdsAny(token, windows)) return true;
      tokens.add(token);
    }
  }
  return false;
}

/** A longer one is asked for its beginning and its pieces alone. */
const longestSearched = 200_000;

function holdsAny({ id, text }: Token, windows: readonly string[]): boolean {
  if (windows.length === 0) return false;
  const bare = bareOf(text.slice(0, longestSearched));
  return windows.some((part) => id.includes(part) || bare.includes(part));
}
