/** The one fast pass: where in a text could a token start? Everything slower happens only there. */

import { isJoseHeader } from '../decode/forms/compact.ts';
import { forms } from '../decode/forms/index.ts';
import { limits } from '../limits.ts';
import { base64Bytes, bytesToText, isTextual, sextet, wideText } from '../text/base64.ts';
import type { JsonObject } from '../text/json.ts';
import { isObject, parseJson } from '../text/json.ts';
import { encodings } from './encodings/index.ts';

export type Trigger =
  | { kind: 'header'; at: number; dot: number; header: JsonObject }
  /** A run of base64 characters that says something when decoded, or starts like one of the tokens that are not JOSE. */
  | { kind: 'run'; at: number; end: number };

/**
 * Shortest run worth a look, dots and percent signs counted. Looking for longer ones is faster: only every 64th character
 * needs to be read where none is in a run, which is what very long texts, mostly code, get. A signed token has at least 68
 * characters. In texts of middle length short runs are searched for headers only, because in code they are mostly names.
 */
export const shortRun = 16;
const longRun = 64;
const middleText = 64 * 1024;
const longText = 1024 * 1024;

/** Last characters of a base64 text that ends in `}`, or in `}` and white space; and the padding. */
const headerEnds = new Uint8Array(128);
for (const char of 'Q09AgokKNJ=') headerEnds[char.charCodeAt(0)] = 1;

/** Characters of tokens in the base64 alphabets (UserSig writes `*`), the dots between parts, and what escapes begin with. */
const inPiece = '[\\w*+/\\\\-]';
const afterRun = '[^\\w*+/%.\\\\-]';

/**
 * Passes over windows of `least` characters that are not all of one run. A window is read from its end: the first
 * character that ends runs allows a step to right behind it, and nothing before it is read. Written as a regular
 * expression because its compiled code reads a character several times faster than `charCodeAt` does.
 */
function windowsOf(least: number): RegExp {
  const steps = Array.from({ length: least }, (_, back) => `${'[^]'.repeat(least - 1 - back)}${afterRun}`);
  return new RegExp(`(?:${steps.join('|')})*`, 'y');
}

const shortWindows = windowsOf(shortRun);
const longWindows = windowsOf(longRun);
/** The expression keeps a few bytes for every step it took, so it gets a piece of the text at a time. */
const pieceCharacters = 64 * 1024;
/** What a run has between dots and percent signs. Eight at a time need one check for the end of the text instead of eight. */
const restOfPiece = new RegExp(`(?:${inPiece.repeat(8)})*${inPiece}*`, 'y');

/** Every place in a text where a token may start, in order. `isNamed`: the text is kept under a name that speaks of tokens. */
export function findTriggers(text: string, isNamed = false): Trigger[] {
  const triggers: Trigger[] = [];
  // Pieces of a token are short where its dots are written in another way.
  const isLong = text.length > longText && !spelledDot.test(text);
  const least = isLong ? longRun : shortRun;
  const windows = isLong ? longWindows : shortWindows;
  const hasEscapedDots = escapedDot.test(text);
  let at = 0;
  while (at + least <= text.length) {
    const piece = isLong ? text.slice(at, at + pieceCharacters) : text;
    windows.lastIndex = isLong ? 0 : at;
    windows.test(piece);
    const left = piece.length - windows.lastIndex;
    at = isLong ? at + windows.lastIndex : windows.lastIndex;
    if (left < least) continue;
    const before = triggers.length;
    const end = examineRun(text, at, isNamed, triggers, hasEscapedDots);
    if (triggers.length > before && text.length > middleText && end - at < longRun) keepTelling(text, triggers, before);
    at = end + 1;
  }
  return triggers;
}

/** Headers, pieces of tokens, and runs with a prefix so long that no name in code is like it. */
function keepTelling(text: string, triggers: Trigger[], from: number) {
  const telling = triggers.splice(from).filter(
    (one) =>
      one.kind === 'header' ||
      text.startsWith('eyJ', one.at) ||
      // Behind an octet of quoted-printable.
      (text.charCodeAt(one.at - 1) === 0x3d && text.startsWith('eyJ', one.at + 2)) ||
      longPrefixes.some((begin) => text.slice(one.at, one.end).includes(begin)),
  );
  for (const one of telling) triggers.push(one);
}

/** Looks at each dot of the run that starts here, and at the pieces between them. Returns the offset after the run. */
function examineRun(
  text: string,
  start: number,
  isNamed: boolean,
  triggers: Trigger[],
  hasEscapedDots: boolean,
): number {
  let at = start;
  let read = start;
  for (;;) {
    restOfPiece.lastIndex = read;
    restOfPiece.test(text);
    const stop = restOfPiece.lastIndex;
    const code = text.charCodeAt(stop);
    if (code === 0x25) {
      read = stop + 1;
      continue;
    }
    const isDot = code === 0x2e;
    const header = isDot ? headerBefore(text, stop, isNamed) : null;
    if (header) triggers.push({ kind: 'header', dot: stop, ...header });
    else if (
      stop - at >= shortRun &&
      isSuspicious(text, at, stop, read > at || (hasEscapedDots && hasEscapedDot(text, at, stop)))
    ) {
      triggers.push({ kind: 'run', at, end: stop });
    }
    if (!isDot) return stop;
    at = stop + 1;
    while (text.charCodeAt(at) === 0x2e) at += 1;
    read = at;
  }
}

/** Where a JOSE header that ends at this dot starts, and what it says; null when there is none. */
function headerBefore(text: string, dot: number, isNamed = false): { at: number; header: JsonObject } | null {
  const last = text.charCodeAt(dot - 1);
  if (!(last < 128 && headerEnds[last] === 1)) return null;
  let end = dot;
  while (dot - end < 2 && text.charCodeAt(end - 1) === 0x3d) end -= 1;
  let start = end;
  const floor = Math.max(0, end - limits.headerCharacters);
  while (start > floor && sextet(text.charCodeAt(start - 1)) >= 0) start -= 1;
  const isAgain = end - start === lastHeader?.text.length && text.startsWith(lastHeader.text, start);
  if (isAgain && lastHeader) return { at: start + lastHeader.at, header: lastHeader.header };
  const isEmpty = end - start === 3 && text.startsWith('e30', start);
  if (isEmpty) return mayLackAlgorithm(text, start, dot, isNamed) ? { at: start, header: {} } : null;
  // `{"alg":7}` has twelve characters, `{"alg":""}` fourteen.
  if (end - start < (isNamed ? 12 : 14)) return null;
  let tries = 0;
  for (let at = start; at >= 0 && at <= end - 12 && tries < 32; at = nextObject(text, at + 1, end)) {
    tries += 1;
    const header = objectAt(text, at, end);
    if (!header) continue;
    if (!isJoseHeader(header)) return mayLackAlgorithm(text, at, dot, isNamed) ? { at, header } : null;
    lastHeader = { text: text.slice(start, end), at: at - start, header };
    return { at, header };
  }
  return null;
}

/** What was read last, and where in its text the header began: the tokens of one issuer have the same. */
let lastHeader: { text: string; at: number; header: JsonObject } | null = null;

const credentialBefore = /(?:\bbearer(?:[\s+]|%20)+|(?:token|jwt|assertion|authorization)\\?["']?\s*[:=]\s*\\?["']?)$/i;
const claimsAndSignature = /[\w-]{4}[\w-]*={0,2}\.(?=[\w-]{22})/y;

/**
 * Without `alg` a header says little, so the rest has to look like a token too, and to stand where tokens stand: under
 * such a name or after `Bearer`. Vivox leaves the header empty; a claim of its own marks its tokens anywhere.
 */
function mayLackAlgorithm(text: string, at: number, dot: number, isNamed: boolean): boolean {
  claimsAndSignature.lastIndex = dot + 1;
  if (!claimsAndSignature.test(text)) return false;
  const claims = parseJson(bytesToText(base64Bytes(text, dot + 1, claimsAndSignature.lastIndex - 1)).text);
  if (!isObject(claims)) return false;
  if (Object.hasOwn(claims, 'vxa')) return true;
  if (isNamed && text.slice(0, at).trim() === '') return true;
  return credentialBefore.test(text.slice(Math.max(0, at - 48), at));
}

const objectStart = /e(?:y[A-DI-L]|w[k-r0-3]|3[0-3])/;

/** The next place where base64 of `{` and a quote, white space or `}` could begin. */
function nextObject(text: string, from: number, end: number): number {
  // Cut off at the end, so that the search cannot run on through the rest of the text.
  const found = text.slice(from, end).search(objectStart);
  return found < 0 ? -1 : from + found;
}

function objectAt(text: string, at: number, end: number): JsonObject | null {
  const first = ((sextet(text.charCodeAt(at)) << 2) | (sextet(text.charCodeAt(at + 1)) >> 4)) & 0xff;
  if (!mayBegin(first) || !beginsObject(base64Bytes(text, at, Math.min(end, at + 16)))) return null;
  const value = parseJson(bytesToText(base64Bytes(text, at, end)).text.trim());
  return isObject(value) ? value : null;
}

/** An opening brace after nothing but white space, a byte order mark or the zeros of UTF-16. */
function beginsObject(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === 0x7b) return true;
    if (!mayBegin(byte)) return false;
  }
  return false;
}

function mayBegin(byte: number): boolean {
  const isSpace = byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  const isMark = byte === 0xef || byte === 0xbb || byte === 0xbf || byte === 0xfe || byte === 0xff || byte === 0;
  return byte === 0x7b || isSpace || isMark;
}

/** Percent signs, dots written as escapes, a known prefix, or a beginning that decodes to text are worth a second look; noise is not. */
function isSuspicious(text: string, at: number, end: number, hasEscapes: boolean): boolean {
  if (text.charCodeAt(at - 1) === 0x2c && text.startsWith(';base64,', at - 8) && !mayBeText(text, at - 8)) return false;
  if (hasEscapes || leadLength(text, at) > 0 || nextStart(text, at, end, at) >= 0) return true;
  return text.charCodeAt(at) === 0x5c && spellsBeginning(text, at);
}

const typeOfData = /\bdata:([\w.+-]{1,40}\/[\w.+-]{1,80})?(?:;[\w.+-]{1,40}=[\w.+"%-]{1,80}){0,4}$/i;
const typeOfText =
  /^(?:text\/.*|application\/(?:(?:.*[.+])?(?:json|xml|yaml|jwt|jose)|(?:x-)?(?:javascript|ecmascript|www-form-urlencoded|sh|gzip|zlib|ndjson)|octet-stream))$/i;

/** Whether a data URL (RFC 2397) whose type ends here holds text: pictures, fonts and media do not, and maps of sources are not looked into. */
function mayBeText(text: string, end: number): boolean {
  const before = text.slice(Math.max(0, end - 240), end);
  const found = typeOfData.exec(before);
  if (!found || before.endsWith('sourceMappingURL=', found.index)) return false;
  return found[1] === undefined || typeOfText.test(found[1]);
}

/** A dot as scripts escape it: what stands before and behind it then is one run, wherever in it the token begins. */
const escapedDot = /\\(?:x|u00)2e/i;

function hasEscapedDot(text: string, at: number, end: number): boolean {
  return escapedDot.test(text.slice(at, end));
}

/** A dot as HTML and quoted-printable write it. */
const spelledDot = /(?:&#(?:0{0,5}46|x0{0,4}2e)|&period|=2E);?(?=[\w&=])/i;

const spelledBeginning = /\\{1,8}(?:x65|u0065|U00000065|145)\\{1,8}(?:[xX]7[79]|u007[79]|U0000007[79]|1(?:67|71))/y;

/** Whether the first characters of a token are written here as scripts escape them. */
function spellsBeginning(text: string, at: number): boolean {
  spelledBeginning.lastIndex = at;
  return spelledBeginning.test(text);
}

const prefixes = [...forms, ...encodings].flatMap(({ begins = [] }) => begins);
const prefix = new RegExp(`(?:${prefixes.join('|')})`, 'y');
const longPrefixes = prefixes.filter((begin) => /^[\w/]{14}[\w/]*$/.test(begin));
/** What the prefixes begin with; asked first, because most characters are something else. */
const prefixStart = codesOf(prefixes.map((one) => one.charCodeAt(0)));
const leads = forms.flatMap(({ lead = [] }) => lead);
const lead = new RegExp(`(?:${leads.join('|')})$`);
/** What the leads end in; most runs are preceded by something else. */
const leadEnd = codesOf(leads.map((one) => one.charCodeAt(one.length - 1)));

function codesOf(codes: readonly number[]): Uint8Array {
  const table = new Uint8Array(128);
  for (const code of codes) table[code] = 1;
  return table;
}

/** Characters before a run that belong to the token, of forms that begin with a short part: `T1==`, `v4.public.`. */
export function leadLength(text: string, at: number): number {
  if (leadEnd[text.charCodeAt(at - 1)] !== 1) return 0;
  return lead.exec(text.slice(Math.max(0, at - 16), at))?.[0].length ?? 0;
}

/** Offsets in a run where something may begin: its start, or after what is glued to it. */
export function startsOf(text: string, at: number, end: number): number[] {
  const starts: number[] = [];
  let start = nextStart(text, at, end, at);
  while (start >= 0 && starts.length < 4) {
    starts.push(start);
    start = nextStart(text, at, end, start + 1);
  }
  return starts;
}

/** The first such offset from `from` on; -1 when there is none. */
function nextStart(text: string, at: number, end: number, from: number): number {
  const last = Math.min(end - 16, at + 64);
  const before = text.charCodeAt(at - 1);
  const first = before === 0x5b ? afterColour(text, at) : at;
  // `=2E`, as quoted-printable writes a dot.
  const behindOctet = before === 0x3d ? at + 2 : first;
  let start = Math.max(from, first);
  let isGlued = start > first && alphanumeric[text.charCodeAt(start - 1)] === 1;
  for (; start <= last; start += 1) {
    const code = text.charCodeAt(start);
    const isBehindName = isGlued && start !== behindOctet;
    isGlued = alphanumeric[code] === 1;
    if (isBehindName) continue;
    const kind = code < 128 ? (beginnings[code] as number) : 0;
    if (kind === 0) continue;
    if ((kind & 1) !== 0 && hasPrefix(text, start)) return start;
    if ((kind & 2) !== 0 && isReadable(text, start, end)) return start;
    if ((kind & 4) !== 0 && start === first && isWide(text, start, end)) return start;
  }
  return -1;
}

function hasPrefix(text: string, start: number): boolean {
  prefix.lastIndex = start;
  return prefix.test(text);
}

/** Behind what a terminal takes for a colour: `\x1b[32m`. */
function afterColour(text: string, at: number): number {
  if (text.charCodeAt(at - 2) !== 0x1b) return at;
  const end = text.indexOf('m', at);
  return end >= 0 && end - at < 4 ? end + 1 : at;
}

/**
 * Whether the characters decode to the beginning of a text in UTF-16: behind its mark, or with every other byte zero. Which
 * characters the zeros and marks are spelled with tells first.
 */
function isWide(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start);
  const isLittle = text.charCodeAt(start + 4) === 0x41;
  const isBig = first === 0x41 && text.charCodeAt(start + 3) === 0x41;
  const isMarked = first === 0x2f || first === 0x5f;
  return (
    (isLittle || isBig || isMarked) && end - start >= 16 && wideText(base64Bytes(text, start, start + 16)) !== null
  );
}

/** Letters and digits of ASCII: what follows one of them is the rest of a word. */
const alphanumeric = codesOf(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'].map((one) => one.charCodeAt(0)),
);

/** Whether the next characters decode to the beginning of a text. Noise is told by its first few bytes, without decoding the rest. */
function isReadable(text: string, start: number, after: number): boolean {
  const end = Math.min(after, start + 24);
  if (end - start < 12) return false;
  let before: number = byteKind.ascii;
  for (let at = start; at + 4 <= end; at += 4) {
    const bits =
      (sextet(text.charCodeAt(at)) << 18) |
      (sextet(text.charCodeAt(at + 1)) << 12) |
      (sextet(text.charCodeAt(at + 2)) << 6) |
      sextet(text.charCodeAt(at + 3));
    // A character of neither alphabet is -1, and so is everything that is combined with it.
    if (bits < 0 && at - start < 12) return false;
    if (bits < 0) break;
    for (let shift = 16; shift >= 0; shift -= 8) {
      const kind = kinds[(bits >> shift) & 0xff] as number;
      if (
        kind === byteKind.none ||
        (before === byteKind.lead) !== (kind === byteKind.later && before !== byteKind.later)
      ) {
        return false;
      }
      before = kind;
    }
  }
  const bytes = base64Bytes(text, start, end);
  return bytes.length >= 9 && isTextual(bytes);
}

/** What a byte can be in UTF-8 text: nothing (control characters but white space), or part of a character. */
const byteKind = { none: 0, ascii: 1, later: 2, lead: 3 } as const;
const kinds = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  if (byte < 0x80) kinds[byte] = isTextual(Uint8Array.of(byte)) ? byteKind.ascii : byteKind.none;
  else if (byte < 0xc0) kinds[byte] = byteKind.later;
  else kinds[byte] = byte >= 0xc2 && byte < 0xf5 ? byteKind.lead : byteKind.none;
}

/**
 * What a run may begin with that begins with this character: 1 = a prefix, 2 = base64 of text, 4 = base64 of text in UTF-16, whose first
 * byte is that of a character, zero or of a mark. Asked first, because most characters begin something else.
 */
const beginnings = new Uint8Array(128);
for (let code = 0; code < 128; code += 1) {
  const value = sextet(code);
  const isText =
    value >= 0 &&
    [0, 1, 2, 3].some((bits) => [byteKind.ascii, byteKind.lead].includes(kinds[(value << 2) | bits] as never));
  const isWideText = isText || value === 0 || value === 63;
  beginnings[code] = (prefixStart[code] === 1 ? 1 : 0) | (isText ? 2 : 0) | (isWideText ? 4 : 0);
}
