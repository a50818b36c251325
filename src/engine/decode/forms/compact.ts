/** What the dotted JOSE forms (RFC 7515 §3.1, RFC 7516 §3.1) have in common. */
import { jwtDecode } from 'jwt-decode';
import { limits } from '../../limits.ts';
import type { Problem } from '../../model/capture.ts';
import type { FormId, Irregularity } from '../../model/token.ts';
import { base64Bytes, bytesToText, sextet, withoutPadding } from '../../text/base64.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { hasMoreValues, isObject, type JsonOddity, jsonOddities, parseJson } from '../../text/json.ts';
import { type Salvage, salvageJson } from '../../text/salvage-json.ts';
import { explainDamage } from './damage.ts';
import type { Candidate, Reading } from './form.ts';

/** End of the run of base64url characters at `from`, with up to two `=`. */
export function segmentEnd(text: string, from: number, alphabet: 'url' | 'both' = 'url'): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (sextet(code) < 0 || (alphabet === 'url' && (code === 0x2b || code === 0x2f))) break;
  }
  for (let pads = 0; pads < 2 && text.charCodeAt(at) === 0x3d; pads += 1) at += 1;
  return at;
}

/** Bytes a signature has by its algorithm (RFC 7518 §3, RFC 8037); null when the key decides. */
export function signatureBytes(alg: unknown): number | null {
  const sizes: Record<string, number> = {
    HS256: 32,
    HS384: 48,
    HS512: 64,
    ES256: 64,
    ES256K: 64,
    ES384: 96,
    ES512: 132,
    EdDSA: 64,
    Ed25519: 64,
    Ed448: 114,
  };
  return typeof alg === 'string' && Object.hasOwn(sizes, alg) ? (sizes[alg] as number) : null;
}

/** The parts after the header, as offsets; plain base64 characters belong to a part only where the token uses them. */
export function partsAfter(
  { text, start, headerEnd, header }: Candidate,
  most: number,
): { start: number; end: number }[] {
  const isPlain = () => /[+/]/.test(text.slice(start, headerEnd));
  const parts: { start: number; end: number }[] = [];
  let at = headerEnd;
  while (parts.length < most && text.charCodeAt(at) === 0x2e) {
    const from = at + 1;
    let end = segmentEnd(text, from);
    const next = text.charCodeAt(end);
    if ((next === 0x2b || next === 0x2f) && !text.startsWith('/eyJ', end)) {
      const wide = segmentEnd(text, from, 'both');
      if (isPlain() || text.charCodeAt(wide) === 0x2e || isWholeSignature(text.slice(from, wide), header)) end = wide;
    }
    parts.push({ start: from, end });
    at = end;
  }
  return parts;
}

/** `sig/path` goes on after the token; `si+g/nature` does not. The algorithm's length tells. */
export function isWholeSignature(text: string, header: JsonObject | null): boolean {
  const bytes = signatureBytes(header?.alg);
  const characters = withoutPadding(text).length;
  if (bytes !== null) return characters === Math.ceil((bytes * 4) / 3);
  return [171, 342, 512, 683].includes(characters);
}

export interface Part {
  text: string;
  /** Offset of the part in the token. */
  start: number;
}

/** A JWE has five; one more tells that there are too many. */
const mostParts = 6;

/** Parts of a compact token, with their offsets; of more than six, the first. */
export function splitParts(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  for (const part of text.split('.', mostParts)) {
    parts.push({ text: part, start });
    start += part.length + 1;
  }
  return parts;
}

export interface PartReading {
  json: JsonObject | null;
  /** The decoded text when it is not a JSON object. */
  text: string | null;
  problem: Problem | null;
  irregularities: Irregularity[];
}

/** Longer parts are decoded here instead of by jwt-decode, which calls back once per byte. */
const ordinaryCharacters = 64 * 1024;

/** Reads one JSON part: the ordinary way first, then as far as it can be read, noting everything odd. */
export function readPart(part: Part, subject: 'header' | 'claims', inflated?: Uint8Array): PartReading {
  if (part.text.length > limits.partCharacters)
    return { json: null, text: null, problem: tooLong(part, 'characters'), irregularities: [] };
  const bytes = inflated ?? base64Bytes(part.text);
  const irregularities = spellingOf(part, subject);
  const { text, valid, mark } = bytesToText(bytes);
  if (text.length > limits.partValues && hasMoreValues(text, limits.partValues))
    return { json: null, text: null, problem: tooLong(part, 'values'), irregularities };
  if (mark)
    irregularities.push(
      odd(
        mark,
        subject,
        part.start,
        mark === 'bom'
          ? 'A byte order mark stands before the JSON.'
          : 'The text is UTF-16; JSON in tokens must be UTF-8.',
      ),
    );
  if (!valid) irregularities.push(odd('invalid-utf8', subject, part.start, 'Some bytes are not valid UTF-8.'));
  const stray = strayCharacter(part);
  const value = stray < 0 ? ordinaryValue(part.text, text, subject) : undefined;
  if (isObject(value)) {
    if (/^\s/.test(text))
      irregularities.push(odd('leading-whitespace', subject, part.start, 'White space stands before the JSON.'));
    for (const oddity of jsonOddities(text)) irregularities.push(oddityOf(oddity, subject, part.start));
    return { json: value, text: null, problem: null, irregularities };
  }
  if (value !== undefined || !looksLikeObject(text)) return { json: null, text, problem: null, irregularities };
  const damage = explainDamage(part.text, part.start, text, stray);
  // What follows from the damage is not odd in itself.
  const own = irregularities.filter(({ code }) => code !== 'invalid-utf8' && code !== 'trailing-bits');
  const { json, broken } = salvageJson(damage.text);
  own.push(...brokenMembers(broken, subject, part.start, part.start + part.text.length));
  return { json, text: null, problem: damage.problem, irregularities: own };
}

/** What is said of members that the damage touches; `start` and `end` are offsets of the part in the token. */
export function brokenMembers(broken: Salvage['broken'], subject: string, start: number, end: number): Irregularity[] {
  return broken.map(({ path, offset, left }) => {
    const rest = /^[-\d.]/.test(left) ? ` All that is left of it is ${left.slice(0, 40)}.` : '';
    const message = `"${path.slice(0, 80)}" is cut off or damaged, so its value is not known.${rest}`;
    return odd('value-incomplete', `${subject}.${path}`, Math.min(end, start + Math.floor((offset * 4) / 3)), message);
  });
}

function tooLong({ start }: Part, what: 'characters' | 'values'): Problem {
  const most = what === 'values' ? limits.partValues : limits.partCharacters;
  const message = `A part has more than ${most.toLocaleString('en-US')} ${what} and is not read; no token is that long.`;
  return { code: 'too-long', offset: start, message };
}

function ordinaryValue(part: string, text: string, subject: 'header' | 'claims'): Json | undefined {
  const value = parseJson(text.trim() === text ? text : text.trim());
  if (value === undefined || part.length > ordinaryCharacters) return value;
  try {
    return subject === 'header'
      ? jwtDecode<JsonObject>(`${part}.`, { header: true })
      : jwtDecode<JsonObject>(`.${part}`);
  } catch {
    // UTF-16, a BOM or another spelling that the ordinary decoder refuses and we can read.
    return value;
  }
}

/** An object that was begun is a damaged one when it does not parse; anything else is an opaque payload. */
function looksLikeObject(text: string): boolean {
  return /^\s*\{/.test(text);
}

function strayCharacter({ text }: Part): number {
  return withoutPadding(text).search(/[^\w+/-]/);
}

function spellingOf(part: Part, subject: string): Irregularity[] {
  const found: Irregularity[] = [];
  const { text, start } = part;
  const pad = text.indexOf('=');
  if (pad >= 0) found.push(odd('padding', subject, start + pad, 'The part ends in "=", which tokens leave out.'));
  const plain = text.search(/[+/]/);
  if (plain >= 0)
    found.push(
      odd('plain-base64-alphabet', subject, start + plain, 'The part uses "+" or "/" where tokens use "-" and "_".'),
    );
  const bare = pad >= 0 ? pad : text.length;
  const unused = bare % 4 === 2 ? 0x0f : bare % 4 === 3 ? 0x03 : 0;
  if (unused && sextet(text.charCodeAt(bare - 1)) & unused)
    found.push(
      odd(
        'trailing-bits',
        subject,
        start + bare - 1,
        'The last character has unused bits set, so the same bytes can be spelled in several ways.',
      ),
    );
  return found;
}

/** Signature as written, its size, and how it is spelled. */
export function readSignature(
  part: Part,
): Pick<Reading, 'signature' | 'irregularities'> & { irregularities: Irregularity[] } {
  return {
    signature: { text: part.text, bytes: base64Bytes(part.text).length },
    irregularities: spellingOf(part, 'signature'),
  };
}

function oddityOf({ code, path, offset }: JsonOddity, subject: string, start: number): Irregularity {
  const where = `${subject}.${path}`;
  return odd(code, where, start + Math.floor((offset * 4) / 3), oddityWords(code, path));
}

/** What is odd about a member. Of two, a reader of JWTs takes the last or refuses the token (RFC 7519 §4), which not every one does. */
export function oddityWords(code: JsonOddity['code'], path: string): string {
  return code === 'duplicate-member'
    ? `"${path}" occurs twice; readers differ in which one counts. Told here is the last.`
    : `The number at "${path}" has more digits than JavaScript keeps.`;
}

export function odd(code: Irregularity['code'], subject: string, offset: number, message: string): Irregularity {
  return { code, subject, offset, message };
}

/** A JOSE header is a JSON object with a string `alg` (RFC 7515 §4.1.1). */
export function isJoseHeader(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.hasOwn(value, 'alg') && typeof value.alg === 'string';
}

/** Header of a compact token, or null. */
export function headerOf(text: string): JsonObject | null {
  const dot = text.indexOf('.');
  if (dot < 8 || dot > 65_536) return null;
  const value = parseJson(bytesToText(base64Bytes(text, 0, dot)).text.trim());
  return isJoseHeader(value) ? value : null;
}

/** Which form a compact text with this header has, by its number of parts. */
function compactForm(text: string, header: JsonObject): FormId {
  if (text.includes('~')) return 'sd-jwt';
  const parts = text.split('.', mostParts);
  if (parts.length === 5) return 'jwe';
  if (header.alg === 'none' && (parts.length === 2 || parts[2] === '')) return 'jws-unsecured';
  if (parts.length === 3) return parts[1] === '' ? 'jws-detached' : 'jws';
  return 'damaged';
}

/** The token, if any, that is the whole of a text. */
export function wholeCompact(text: string): { text: string; form: FormId } | null {
  if (
    text.length < 24 ||
    text.length > 1 << 20 ||
    !/^[\w+/=-]+\.[\w+/=-]*(?:\.[\w+/=-]*){0,3}(?:~[\w.~-]*)?$/.test(text)
  )
    return null;
  const header = headerOf(text);
  return header ? { text, form: compactForm(text, header) } : null;
}
