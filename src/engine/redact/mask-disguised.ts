import { base64Bytes, fromCodes } from '../text/base64.ts';
import { createMasker, maskToken } from './mask.ts';

/**
 * What `createMasker` makes, for what leaves the program: it masks the given secrets also where they are disguised. In hex, in base64
 * behind something else, in character references and escapes; with other characters between theirs, as in a line that was wrapped; and
 * long pieces of them, as whoever has all but a few characters of a signature can guess the rest. Linear in the text, never throws.
 */
export function createThoroughMasker(secrets: readonly string[]): (text: string) => string {
  const plain = createMasker(secrets);
  const piecesOf = createPieces(secrets);
  const before = new Map<string, string>();
  const thorough = (text: string, layers: number): string => {
    const masked = plain(text);
    if (masked.length < shortest) return masked;
    const whole = piecesOf(masked);
    if (layers === 0) return whole;
    const unlike = (decoded: string) => thorough(decoded, layers - 1) !== decoded;
    const unpacked = whole.replace(encodedRun, (run) => (decodingsOf(run).some(unlike) ? maskToken(run) : run));
    const spelt = spelling.test(unpacked) ? withoutSpelling(unpacked) : unpacked;
    return spelt !== unpacked && unlike(spelt) ? thorough(spelt, layers - 1) : unpacked;
  };
  return (text) => {
    const known = before.get(text);
    if (known !== undefined) return known;
    const masked = thorough(text, 2);
    if (text.length <= longestRemembered && before.size < mostRemembered) before.set(text, masked);
    return masked;
  };
}

const longestRemembered = 500;
const mostRemembered = 2000;

/** Shorter texts hold no piece that matters, and no token in another spelling. In characters. */
const shortest = 23;
/** A run is looked into up to so many characters; tokens are seldom longer. */
const longestRun = 1 << 16;

const encodedRun = /[\w+/-]{40}[\w+/-]*/g;
const hexDigits = /^(?:0x)?([0-9a-f]{40}[0-9a-f]*)$/i;

/** What a run may stand for. A path before it, or a word, shifts its alignment. */
function decodingsOf(run: string): string[] {
  if (run.length > longestRun) return [];
  const hex = hexDigits.exec(run)?.[1];
  if (hex !== undefined) return [0, 1].map((start) => bytesInHex(hex.slice(start)));
  return [run, ...(run.includes('/') ? run.split('/') : [])]
    .filter((piece) => piece.length >= 40)
    .flatMap((piece) => [0, 1, 2, 3].map((start) => fromCodes(base64Bytes(piece, start))));
}

function bytesInHex(hex: string): string {
  return hex.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16)));
}

const spelling = /&#x?[\da-f]{1,6};|\\u[\da-f]{4}|\\x[\da-f]{2}|%[2-7][\da-f]/i;
const spellings = /&#(?:(\d{1,7})|x([\da-f]{1,6}));|\\{1,4}(?:u([\da-f]{4})|x([\da-f]{2}))|%([2-7][\da-f])/gi;

/** A text in which character references and escapes are the characters they stand for. */
function withoutSpelling(text: string): string {
  return text.replace(spellings, (whole, decimal?: string, ...hex: (string | undefined)[]) => {
    const digits = hex.slice(0, 4).find((one) => typeof one === 'string');
    const code = decimal === undefined ? Number.parseInt(digits ?? '', 16) : Number(decimal);
    return code > 0 && code < 0x80 ? String.fromCharCode(code) : whole;
  });
}

/** Letters and digits that are looked for at once, and how far apart such windows begin in a secret: a piece of 23 holds one. */
const window = 16;
const stride = 8;

/** What of a secret gives it away in pieces: a signature, or a value without words. */
const isPieceable = (secret: string) => /^[\w+/=~-]{24,8192}$/.test(secret) && /\d/.test(secret);
const letters = (text: string) => text.replace(/[^a-z\d]/gi, '');

/** Masks long pieces of secrets, whatever stands between their letters and digits. */
function createPieces(secrets: readonly string[]): (text: string) => string {
  const windows = new Map<string, { secret: string; at: number }>();
  for (const secret of secrets.filter(isPieceable).map(letters)) {
    for (let at = 0; at + window <= secret.length; at += stride)
      windows.set(secret.slice(at, at + window), { secret, at });
  }
  return (text) => {
    if (windows.size === 0) return text;
    const { bare, places } = bareOf(text);
    let masked = '';
    let done = 0;
    for (let at = 0; at + window <= bare.length; ) {
      const found = windows.get(bare.slice(at, at + window));
      const piece = found && pieceAt(bare, at, found);
      if (piece && piece.end - piece.start >= shortest) {
        const [start, end] = [places[piece.start] as number, (places[piece.end - 1] as number) + 1];
        masked += text.slice(done, Math.max(done, start)) + maskToken(text.slice(Math.max(done, start), end));
        done = end;
        at = piece.end;
      } else at += 1;
    }
    return masked + text.slice(done);
  };
}

/** How far a text and a secret are the same around a window that both have. */
function pieceAt(bare: string, at: number, { secret, at: inSecret }: { secret: string; at: number }) {
  let start = at;
  for (let from = inSecret; from > 0 && start > 0 && bare[start - 1] === secret[from - 1]; from -= 1) start -= 1;
  let end = at + window;
  for (let to = inSecret + window; to < secret.length && end < bare.length && bare[end] === secret[to]; to += 1)
    end += 1;
  return { start, end };
}

/** The letters and digits of a text but for those of escapes, and where each stands. */
function bareOf(text: string): { bare: string; places: number[] } {
  const pieces: string[] = [];
  const places: number[] = [];
  for (const { 0: run, index } of text.matchAll(/\\u[\da-f]{4}|\\.|[a-z\d]+/gi)) {
    if (run.startsWith('\\')) continue;
    pieces.push(run);
    for (let at = 0; at < run.length; at += 1) places.push(index + at);
  }
  return { bare: pieces.join(''), places };
}
