import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { inflate } from '../../text/inflate.ts';
import { isObject, parseJson } from '../../text/json.ts';
import type { Form, Reading } from './form.ts';

/** A session signed by a web framework: Django `payload:time:signature`, Flask `payload.time.signature`, Rails `payload--digest`. */
export const signedCookie: Form = {
  id: 'signed-cookie',
  name: 'Signed cookie',
  use: 'session',
  startsAt: ['run'],
  match({ text, start }) {
    // itsdangerous and Django mark a compressed payload by a dot before it.
    const from = text.charCodeAt(start - 1) === 0x2e ? start - 1 : start;
    for (const pattern of patterns) {
      pattern.lastIndex = from;
      const found = pattern.exec(text);
      const payload = found?.[1];
      if (payload === undefined || payload.length > longest || payloadOf(payload) === null) continue;
      return {
        form: 'signed-cookie',
        start: from,
        end: pattern.lastIndex,
        confidence: 'likely',
        note: 'signed-cookie',
      };
    }
    return null;
  },
  read(text): Reading {
    const payload = /^\.?[^.:]+?(?=[.:]|--)/.exec(text)?.[0] ?? text;
    const value = payloadOf(payload);
    const json = value === null ? undefined : parseJson(value);
    return isObject(json) ? { claims: json } : { opaquePayload: value };
  },
  links: [{ title: 'Django, cryptographic signing', url: 'https://docs.djangoproject.com/en/stable/topics/signing/' }],
};

const patterns = [
  /(\.?[\w-]{6}[\w-]*):[\w-]{5,8}:[\w-]{27,86}(?![\w-])/y,
  /(\.?[\w-]{6}[\w-]*)\.[\w-]{5,8}\.[\w-]{27,86}(?![\w.-])/y,
  /([\w+/]{16}[\w+/]*={0,2})--[0-9a-f]{40}(?:[0-9a-f]{24})?(?![0-9a-f])/y,
];

/** Characters of a payload. Browsers keep 4096 bytes of a cookie; what is much longer is no session of any framework. */
const longest = 1 << 16;

function payloadOf(encoded: string): string | null {
  const compressed = encoded.startsWith('.');
  const bytes = base64Bytes(encoded, compressed ? 1 : 0);
  const inflated = compressed ? inflate(bytes, 'zlib') : null;
  const text = bytesToText(inflated ? inflated.bytes : bytes).text;
  return /^\s*[[{"]/.test(text) && !/^\s*\{[^}]*"alg"\s*:/.test(text) ? text : null;
}
