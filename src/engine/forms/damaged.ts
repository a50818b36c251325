import { headerOf, isJoseHeader, splitParts } from './compact.ts';
import type { Form, Reading } from './form.ts';
import { jwe } from './jwe.ts';
import { readSigned } from './jws.ts';

/** A token that is cut, masked or garbled. Read as far as it can be read. */
export const damaged: Form = {
  id: 'damaged',
  name: 'Damaged token',
  startsAt: null,
  read(text): Reading {
    const header = headerOf(text);
    const reading =
      isJoseHeader(header ?? undefined) && header?.enc !== undefined ? jwe.read(text) : readSigned(text, 'damaged');
    if (reading.problem) return { ...reading, form: 'damaged' };
    const missing = splitParts(text).length < 3;
    return {
      ...reading,
      form: 'damaged',
      problem: {
        code: missing ? 'parts-missing' : 'cut-short',
        offset: text.length,
        message: missing
          ? 'The token ends before its signature; its end was cut off.'
          : 'The token is incomplete; its end was cut off or masked.',
      },
    };
  },
  links: [{ title: 'RFC 7515, JWS Compact Serialization', url: 'https://www.rfc-editor.org/rfc/rfc7515#section-7.1' }],
};
