import { headerOf, isJoseHeader, partsAfter, segmentEnd, splitParts } from './compact.ts';
import { type Form, isWholeValue, type Match, type Reading } from './form.ts';
import { jwe } from './jwe.ts';
import { isMasked, isReadable, readSigned } from './jws.ts';

/** A token that is cut, masked or garbled. Read as far as it can be read. */
export const damaged: Form = {
  id: 'damaged',
  name: 'Damaged token',
  jose: 'damaged',
  startsAt: ['header', 'value'],
  match(candidate): Match | null {
    const { text, start, header, headerEnd } = candidate;
    if (!header) {
      const end = segmentEnd(text, start, 'both');
      const isHeader = isWholeValue(candidate, end) && headerOf(`${text.slice(start, end)}.`) !== null;
      return isHeader ? { form: 'damaged', start, end, confidence: 'likely', note: 'token-truncated' } : null;
    }
    const parts = partsAfter(candidate, 5);
    const [payload, signature] = parts;
    const end = parts.findLast((part) => part.end > part.start)?.end ?? headerEnd;
    const cut: Match = { form: 'damaged', start, end, confidence: 'likely', note: 'token-truncated' };
    if (isMasked(text, end) || isMasked(text, end + 1)) return cut;
    if (!payload || payload.end === payload.start) return null;
    if (Object.hasOwn(header, 'enc')) return cut;
    return signature || isReadable(text, payload.start, payload.end) ? null : cut;
  },
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
