import type { Problem } from '../../model/capture.ts';
import type { FormId } from '../../model/token.ts';
import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { inflate } from '../../text/inflate.ts';
import { type JsonObject, parseJson } from '../../text/json.ts';
import {
  isJoseHeader,
  isWholeSignature,
  odd,
  type Part,
  type PartReading,
  partsAfter,
  readPart,
  readSignature,
  splitParts,
  wholeCompact,
} from './compact.ts';
import { type Form, isWholeValue, type Match, type Reading } from './form.ts';

/** JWS compact serialization (RFC 7515 §3.1): header, payload, signature. */
export const jws: Form = {
  id: 'jws',
  name: 'Signed token (JWT)',
  shortName: 'JWT',
  jose: 'signed',
  startsAt: ['header'],
  match(candidate): Match | null {
    const { text, start, header, headerEnd } = candidate;
    if (!header || Object.hasOwn(header, 'enc')) return null;
    if (header.b64 === false) return unencoded(text, start, headerEnd);
    const parts = partsAfter(candidate, 4);
    const [payload, signature] = parts;
    if (!payload || payload.end === payload.start || isMasked(text, payload.end)) return null;
    // Header and payload in one place, the signature in another: a known way to keep scripts from the whole.
    if (!signature && !isReadable(text, payload.start, payload.end)) return null;
    if (!signature)
      return isWholeValue(candidate, payload.end)
        ? { form: 'jws', start, end: payload.end, confidence: 'likely', note: 'split-signature' }
        : null;
    const end = signatureEnd(text, start, signature, header);
    if (
      (isMasked(text, end) && !isWholeSignature(text.slice(signature.start, end), header)) ||
      /^(?:(?:redacted){1,4}|REDACTED|removed|hidden|masked|x{3,}|X{3,})$/.test(text.slice(signature.start, end))
    ) {
      return { form: 'jws', start, end, confidence: 'certain', note: 'token-redacted' };
    }
    return {
      form: isReadable(text, payload.start, payload.end) ? 'jws' : 'damaged',
      start,
      end,
      confidence: isJoseHeader(header) ? 'certain' : 'likely',
      note: null,
    };
  },
  read: (text) => readSigned(text, 'jws'),
  links: [{ title: 'RFC 7515, JSON Web Signature', url: 'https://www.rfc-editor.org/rfc/rfc7515#section-3.1' }],
};

/** The end of the token without the `_` that Markdown puts around it, and without another token that is glued to it. */
function signatureEnd(
  text: string,
  start: number,
  signature: { start: number; end: number },
  header: JsonObject,
): number {
  const written = text.slice(signature.start, signature.end);
  const other = text.charCodeAt(signature.end) === 0x2e ? written.lastIndexOf('eyJ') : -1;
  const own = other < 0 ? written.replace(/_{1,3}$/, '') : written.slice(0, other).replace(/[-_]{1,2}$/, '');
  const isOther = other >= 0 || text.charAt(start - 1) === '_';
  for (const one of [own, written.slice(0, Math.max(0, other))]) {
    if (isOther && isWholeSignature(one, header)) return signature.start + one.length;
  }
  return signature.end;
}

/** Asterisks or an ellipsis where the rest of the signature should be. */
export function isMasked(text: string, end: number): boolean {
  return /^(?:\*{2,}|…|\.{3})/.test(text.slice(end, end + 3));
}

/** RFC 7797: the payload stands as it is, up to the next dot. */
function unencoded(text: string, start: number, headerEnd: number): Match | null {
  const dot = text.indexOf('.', headerEnd + 1);
  if (dot < 0 || dot - headerEnd > 65_536 || /["\n\r]/.test(text.slice(headerEnd + 1, dot))) return null;
  const signature = /^[\w-]*/.exec(text.slice(dot + 1, dot + 1 + 2048))?.[0].length ?? 0;
  const form: FormId = dot === headerEnd + 1 ? 'jws-detached' : 'jws';
  return {
    form,
    start,
    end: dot + 1 + signature,
    confidence: 'certain',
    note: form === 'jws-detached' ? 'detached-payload' : null,
  };
}

/** False for a payload that was begun as an object and cannot be read as one. */
export function isReadable(text: string, start: number, end: number): boolean {
  if (end - start > 1 << 20) return true;
  const decoded = bytesToText(base64Bytes(text, start, end)).text.trim();
  return !decoded.startsWith('{') || parseJson(decoded) !== undefined;
}

/** Reads header, payload and signature of any signed compact text. */
export function readSigned(text: string, form: FormId): Reading {
  const [first, second, ...rest] = splitParts(text);
  if (!first) return {};
  const header = readPart(first, 'header');
  const reading: Reading & { irregularities: NonNullable<Reading['irregularities']> } = {
    form,
    header: header.json,
    problem: header.problem,
    irregularities: header.irregularities,
  };
  if (!header.json && !header.problem) {
    reading.problem = {
      code: 'header-unreadable',
      offset: first.start,
      message: 'The first part is not the header of a token.',
    };
  }
  reading.problem ??= noHeader(header, first.start);
  const unencodedPayload = header.json?.b64 === false;
  const payload = unencodedPayload ? null : second;
  if (unencodedPayload) reading.opaquePayload = second?.text ?? '';
  else if (payload?.text) readPayload(payload, header.json?.zip === 'DEF', reading);
  else if (!second) {
    reading.problem ??= {
      code: 'parts-missing',
      offset: text.length,
      message: 'The token ends after its header; payload and signature are missing.',
    };
  }
  const signature = rest[0];
  if (signature) {
    const { signature: read, irregularities } = readSignature(signature);
    reading.signature = read ?? null;
    reading.irregularities.push(...irregularities);
  }
  if (reading.problem) reading.form = 'damaged';
  return reading;
}

/** Why a header that can be read is none all the same: every reader refuses it. */
function noHeader({ json, irregularities }: PartReading, offset: number): Problem | null {
  if (irregularities.some(({ code }) => code === 'utf-16'))
    return {
      code: 'header-invalid',
      offset,
      message: `The header, from character ${offset} on, is UTF-16; a header is UTF-8 (RFC 7515 §3.1), so no reader takes this token.`,
    };
  if (typeof json?.alg !== 'string' || json.alg.trim() !== '') return null;
  return {
    code: 'header-invalid',
    offset,
    message: 'The header names no algorithm: `alg` is empty, and a reader takes only what it knows (RFC 7515 §4.1.1).',
  };
}

function readPayload(
  part: Part,
  compressed: boolean,
  reading: Reading & { irregularities: NonNullable<Reading['irregularities']> },
) {
  const inflated = compressed ? inflate(base64Bytes(part.text), 'raw') : null;
  if (inflated?.cut)
    reading.irregularities.push(
      odd(
        'inflates-beyond-limit',
        'claims',
        part.start,
        'The payload grows beyond the limit when decompressed; only the beginning was read.',
      ),
    );
  const read = inflated ? readPart(part, 'claims', inflated.bytes) : readPart(part, 'claims');
  reading.irregularities.push(...read.irregularities);
  reading.problem ??= read.problem;
  reading.claims = read.json;
  reading.opaquePayload = read.text;
  if (read.text === null) return;
  const inner = wholeCompact(read.text);
  if (inner) reading.inner = [{ path: 'payload', ...inner }];
}
