import { base64Bytes } from '../../text/base64.ts';
import type { JsonObject } from '../../text/json.ts';
import { isObject, parseJson } from '../../text/json.ts';
import type { Form, Reading } from './form.ts';
import { jweLock } from './jwe.ts';
import { partOf } from './jws-json.ts';

/** JWE JSON serialization (RFC 7516 §7.2), flattened or general. The claims are unreadable. */
export const jweJson: Form = {
  id: 'jwe-json',
  name: 'Encrypted token (JWE in JSON)',
  shortName: 'JWE',
  lock: jweLock,
  jose: 'encrypted',
  startsAt: ['object'],
  members: ['protected', 'ciphertext', 'tag', 'encrypted_key'],
  match({ text, start, header: object }) {
    if (!object || typeof object.ciphertext !== 'string') return null;
    const header = headersOf(text, object, []);
    if (typeof header.enc !== 'string') return null;
    return { form: 'jwe-json', start, end: text.length, confidence: 'certain', note: null };
  },
  read(text): Reading {
    const object = parseJson(text);
    if (!isObject(object))
      return { problem: { code: 'not-json', offset: 0, message: 'The text is not a JSON object.' } };
    const irregularities: NonNullable<Reading['irregularities']> = [];
    const header = headersOf(text, object, irregularities);
    const tag = typeof object.tag === 'string' ? object.tag : null;
    return { header, irregularities, signature: tag === null ? null : { text: tag, bytes: base64Bytes(tag).length } };
  },
  links: [{ title: 'RFC 7516, JWE JSON Serialization', url: 'https://www.rfc-editor.org/rfc/rfc7516#section-7.2' }],
};

/** Protected, shared unprotected and first recipient's headers in one; they must not overlap (RFC 7516 §7.2.1). */
function headersOf(
  text: string,
  object: JsonObject,
  irregularities: NonNullable<Reading['irregularities']>,
): JsonObject {
  const recipients = Array.isArray(object.recipients) ? object.recipients : [object];
  const first = recipients.find(isObject);
  return {
    ...(isObject(first?.header) ? first.header : {}),
    ...(isObject(object.unprotected) ? object.unprotected : {}),
    ...(partOf(text, object.protected, 'header', irregularities)?.json ?? {}),
  };
}
