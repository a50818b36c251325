import { base64Bytes, bytesToText } from '../../text/base64.ts';
import { isObject, parseJson } from '../../text/json.ts';
import { salvageJson } from '../../text/salvage-json.ts';
import { brokenMembers } from './compact.ts';
import type { Form, Reading } from './form.ts';

/** PASETO: version, purpose, payload and an optional footer; no JOSE header, so none of the JOSE rules apply. */
export const paseto: Form = {
  id: 'paseto',
  name: 'PASETO',
  startsAt: ['run'],
  lead: ['v[1-4]\\.(?:local|public)\\.'],
  match({ text, start }) {
    pattern.lastIndex = start;
    if (!pattern.test(text)) return null;
    return { form: 'paseto', start, end: pattern.lastIndex, confidence: 'certain', note: 'paseto' };
  },
  read(text): Reading {
    const [version, purpose, payload = '', footer] = text.split('.');
    // A public payload is the message, then the signature: 64 bytes, 256 in version 1, 96 in version 3.
    const signatureBytes = version === 'v1' ? 256 : version === 'v3' ? 96 : 64;
    const bytes = base64Bytes(payload);
    const message =
      purpose === 'public' ? bytesToText(bytes.subarray(0, Math.max(0, bytes.length - signatureBytes))).text : null;
    const opaquePayload = footer ? bytesToText(base64Bytes(footer)).text : null;
    if (message === null) return { claims: null, opaquePayload };
    const claims = parseJson(message);
    if (isObject(claims)) return { claims, opaquePayload };
    const { json, broken } = salvageJson(message);
    return {
      claims: json,
      opaquePayload,
      problem: { code: 'cut-short', offset: text.length, message: 'The token is incomplete: its claims have no end.' },
      irregularities: brokenMembers(broken, 'claims', 0, text.length),
    };
  },
  links: [{ title: 'PASETO specification', url: 'https://github.com/paseto-standard/paseto-spec' }],
};

const pattern = /v[1-4]\.(?:local|public)\.[\w-]{32}[\w-]*(?:\.[\w-]+)?/y;
