import { base64Bytes } from '../../text/base64.ts';
import type { Json, JsonObject } from '../../text/json.ts';
import { isObject, parseJson } from '../../text/json.ts';
import { isJoseHeader, readPart, wholeCompact } from './compact.ts';
import type { Form, Reading } from './form.ts';
import { readDisclosures } from './sd-jwt.ts';

/** JWS JSON serialization (RFC 7515 §7.2), flattened or general; with disclosures it is SD-JWT in JSON (RFC 9901 §8). */
export const jwsJson: Form = {
  id: 'jws-json',
  name: 'Signed token (JWS in JSON)',
  shortName: 'JWS',
  jose: 'signed',
  startsAt: ['object'],
  members: ['payload', 'protected', 'signature'],
  match({ text, start, header: object }) {
    if (!object || typeof object.payload !== 'string' || !signaturesOf(object).some(hasAlgorithm)) return null;
    return { form: 'jws-json', start, end: text.length, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const object = parseJson(text);
    if (!isObject(object))
      return { problem: { code: 'not-json', offset: 0, message: 'The text is not a JSON object.' } };
    const signatures = signaturesOf(object);
    const [first] = signatures;
    const irregularities: NonNullable<Reading['irregularities']> = [];
    const protectedHeader = partOf(text, first?.protected, 'header', irregularities);
    const unprotected = isObject(first?.header) ? first.header : {};
    const header: JsonObject = { ...unprotected, ...(protectedHeader?.json ?? {}) };
    const isPlain = protectedHeader?.json?.b64 === false;
    const payload = isPlain ? null : partOf(text, object.payload, 'claims', irregularities);
    const payloadText = isPlain ? String(object.payload) : (payload?.text ?? null);
    const signature = typeof first?.signature === 'string' ? first.signature : null;
    const inner = payloadText === null ? null : wholeCompact(payloadText);
    const disclosed = Array.isArray(unprotected.disclosures)
      ? unprotected.disclosures.filter((one) => typeof one === 'string')
      : [];
    const keyBinding = typeof unprotected.kb_jwt === 'string' ? wholeCompact(unprotected.kb_jwt) : null;
    return {
      header: Object.keys(header).length > 0 ? header : null,
      claims: payload?.json ?? null,
      opaquePayload: payloadText,
      signature: signature === null ? null : { text: signature, bytes: base64Bytes(signature).length },
      problem: protectedHeader?.problem ?? payload?.problem ?? null,
      irregularities,
      disclosures: readDisclosures(disclosed, payload?.json ?? null).disclosures,
      inner: [
        ...(inner ? [{ path: 'payload', ...inner }] : []),
        ...(keyBinding ? [{ path: 'key-binding', ...keyBinding }] : []),
      ],
    };
  },
  links: [{ title: 'RFC 7515, JWS JSON Serialization', url: 'https://www.rfc-editor.org/rfc/rfc7515#section-7.2' }],
};

/** The signature objects of either syntax; the flattened one is its own. */
export function signaturesOf(object: JsonObject): JsonObject[] {
  if (Array.isArray(object.signatures)) return object.signatures.filter(isObject).slice(0, 100);
  return typeof object.signature === 'string' ? [object] : [];
}

function hasAlgorithm(signature: JsonObject): boolean {
  return isJoseHeader(signature.header ?? null) || isJoseHeader(decoded(signature.protected));
}

function decoded(value: Json | undefined): Json {
  if (typeof value !== 'string' || value.length > 65_536) return null;
  return readPart({ text: value, start: 0 }, 'header').json;
}

/** One base64url member; offsets count characters of the whole text. */
export function partOf(
  text: string,
  value: Json | undefined,
  subject: 'header' | 'claims',
  irregularities: NonNullable<Reading['irregularities']>,
): ReturnType<typeof readPart> | null {
  if (typeof value !== 'string') return null;
  const part = readPart({ text: value, start: Math.max(0, text.indexOf(value)) }, subject);
  irregularities.push(...part.irregularities);
  return part;
}
