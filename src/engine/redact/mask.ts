import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { withoutPadding } from '../text/base64.ts';
import type { Json } from '../text/json.ts';
import { privateKeyMembers } from '../text/private-key-members.ts';

/**
 * A token as it may be shown: `eyJhbGciOi…3f9c2a…(212 characters)`. The middle is the start of its SHA-256, which is also
 * the start of the token's id in reports: two tokens of one issuer share their first characters, often their length too.
 * At most a sixth of the token is shown, so what is left out cannot be guessed. The only place that shortens tokens.
 * An id that is known already spares the hash, which takes a while over megabytes.
 */
export function maskToken(token: string, id?: string): string {
  if (isMasked(token)) return token;
  const shown = Math.min(10, Math.floor(token.length / 6));
  return `${token.slice(0, shown)}…${(id ?? hash(token)).slice(0, 6)}…(${token.length} characters)`;
}

/** What is masked already, as in a saved report, stays as it is. */
export function isMasked(text: string): boolean {
  return text.length <= longestMasked && maskedToken.test(text);
}

/** Whether a text shows a token that is masked, which nobody can judge, in whatever way it was written down since. */
export function showsMasked(text: string): boolean {
  return text.includes('characters') && maskedSomewhere.test(text);
}

const dots = String.raw`(?:…|\\u2026|%E2%80%A6|&hellip;|&#8230;|&#x2026;)`;
const maskedSomewhere = new RegExp(
  String.raw`${dots}[0-9a-f]{6}${dots}(?:\(|%28)\d{1,15}(?: |\+|%20)characters(?:\)|%29)`,
  'i',
);

const maskedToken = /^[^…]{0,10}…[0-9a-f]{6}…\(\d{1,15} characters\)$/u;
const longestMasked = 64;

function hash(token: string): string {
  return bytesToHex(sha256(utf8ToBytes(token)));
}

/** Any text with every given token replaced by its masked form. */
export function maskAll(text: string, tokens: readonly string[]): string {
  return createMasker(tokens)(text);
}

/**
 * A function that masks every given secret in any text, and besides whatever has the shape of a compact token, also
 * inside base64. Build it once for many texts. Linear in the text, however many secrets there are; never throws.
 */
export function createMasker(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets.flatMap(spellings))].filter((one) => one.length >= shortestSecret);
  const found = known.length > fewSecrets ? searcherOf(known) : () => known;
  const before = new Map<string, string>();
  return (text) => {
    const done = before.get(text);
    if (done !== undefined) return done;
    let masked = text;
    for (const secret of [...found(text)].sort((a, b) => b.length - a.length)) {
      if (masked.includes(secret)) masked = masked.replaceAll(secret, maskToken(secret));
    }
    masked = maskShapes(masked, 2);
    // A report says the same of many tokens: why it matters and what to do.
    if (text.length <= longestRemembered && before.size < mostRemembered) before.set(text, masked);
    return masked;
  };
}

const longestRemembered = 500;
const mostRemembered = 2000;

/** So many secrets are quicker looked for one by one. */
const fewSecrets = 16;

/** Which of many secrets a text holds, told by the last characters of each: tokens of one issuer begin alike. */
function searcherOf(secrets: readonly string[]): (text: string) => ReadonlySet<string> {
  const byEnd = new Map<string, Map<number, Set<string>>>();
  for (const secret of secrets) {
    const end = secret.slice(-shortestSecret);
    const byLength = byEnd.get(end) ?? new Map<number, Set<string>>();
    byEnd.set(end, byLength);
    byLength.set(secret.length, (byLength.get(secret.length) ?? new Set()).add(secret));
  }
  return (text) => {
    const found = new Set<string>();
    for (let stop = shortestSecret; stop <= text.length; stop += 1) {
      const byLength = byEnd.get(text.slice(stop - shortestSecret, stop));
      for (const [length, all] of byLength ?? []) {
        const whole = stop >= length ? text.slice(stop - length, stop) : '';
        if (all.has(whole)) found.add(whole);
      }
    }
    return found;
  };
}

/** Shorter strings ("devtoken", "none") also stand in ordinary words. */
const shortestSecret = 12;

/** The ways one token is written in URLs and JSON. */
function spellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  return [secret, json, percentEncode(secret), json.replaceAll('/', '\\/')];
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // A lone surrogate cannot be percent-encoded, so no URL holds it in that spelling.
  }
}

/** One layer of percent-encoding peeled from ASCII characters, which is all a token consists of. */
function percentDecode(text: string): string {
  return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Masks compact tokens by shape alone: runs are maximal, so no run is read twice. */
function maskShapes(text: string, layers: number): string {
  if (text.length < shortestToken) return text;
  return text.replace(/[\w+/=%~.-]{24}[\w+/=%~.-]*/g, (run) => maskRun(run, layers));
}

const shortestToken = 24;

function maskRun(run: string, layers: number): string {
  const pieces = run.split(/([/=%~+])/);
  let changed = false;
  const masked = pieces.map((piece) => {
    const start = tokenStart(piece);
    if (start < 0) return piece;
    changed = true;
    return piece.slice(0, start) + maskToken(piece.slice(start));
  });
  if (changed) return masked.join('');
  return layers > 0 && unwrap(run).some((inside) => maskShapes(inside, layers - 1) !== inside) ? maskToken(run) : run;
}

/** Where a compact token begins in dot-separated text, or -1. Its first part is a JSON object and a long part follows. */
function tokenStart(piece: string): number {
  if (!piece.includes('.')) return -1;
  const parts = piece.split('.');
  const lastLong = parts.findLastIndex((part) => part.length >= shortestPart);
  let at = 0;
  for (const part of parts.slice(0, Math.max(0, lastLong))) {
    const offset = part.search(objectStart);
    if (offset >= 0 && part.length - offset >= shortestPart) return at + offset;
    at += part.length + 1;
  }
  return -1;
}

const shortestPart = 12;

/**
 * Starts of a base64url JSON object: `{"`, `{ "`, an opening brace before a line break or tab, and one behind a space, a tab or a line
 * break.
 */
const objectStart = /eyJ|eyA|ewo|ewk|ew0|(?:IH|CX|Cn|DX)s|DQp7/;

/** What a run may be an encoding of. A prefix such as `base64-` shifts the alignment, so each of the four is tried. */
function unwrap(run: string): string[] {
  if (run.includes('%')) return [percentDecode(run)];
  if (run.length < 40 || run.length > longestRun || !/^[\w+/-]+=*$/.test(run)) return [];
  return [0, 1, 2, 3].flatMap((start) => fromBase64(run.slice(start)) ?? []);
}

/** Longest base64 run looked into, in characters. */
const longestRun = 1 << 20;

function fromBase64(run: string): string | null {
  try {
    return atob(withoutPadding(run.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return null;
  }
}

/** Long values in a URL are codes, keys or wrapped tokens; ids and UUIDs are shorter. */
const longestUrlValue = 48;

/** A URL as it may be shown: tokens masked, a password too, and every long value of path, query and fragment. */
export function maskUrl(url: string, mask: (text: string) => string): string {
  const masked = mask(url);
  const authority = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i.exec(masked)?.[0] ?? '';
  const rest = masked.slice(authority.length);
  return (
    authority.replace(/\/\/.*@/, '//…@') +
    rest.replace(/[^/?#&=;:@,!\s…()]+/g, (value) => (value.length > longestUrlValue ? maskToken(value) : value))
  );
}

const secretMembers = new Set(privateKeyMembers);

/** Deepest level kept; what lies below becomes one word. Far beyond any token, and far from a stack overflow. */
const deepest = 200;

/** A JSON value as it may be shown: tokens masked in every string and member name, private key members dropped. */
export function maskJson(value: Json, mask: (text: string) => string, depth = 0): Json {
  if (typeof value === 'string') return mask(value);
  if (value === null || typeof value !== 'object') return value;
  if (depth >= deepest) return '…(nested deeper)';
  if (Array.isArray(value)) return value.map((item) => maskJson(item, mask, depth + 1));
  const isKey = Object.hasOwn(value, 'kty');
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const secret = isKey && secretMembers.has(name) && typeof member === 'string';
      return [mask(name), secret ? maskToken(member) : maskJson(member, mask, depth + 1)];
    }),
  );
}
