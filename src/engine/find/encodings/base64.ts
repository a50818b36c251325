import { base64Bytes, bytesToText, fromCodes, isTextual, sextet, wideText } from '../../text/base64.ts';
import { wrapperOf } from '../../text/inflate.ts';
import type { Encoding } from './encoding.ts';

/** Base64 in either alphabet, also behind the `base64-` that Supabase puts before cookies. */
export const base64: Encoding = {
  id: 'base64',
  name: 'base64',
  tried: ['run'],
  // gzip and zlib.
  begins: ['H4sI', 'e[AFJN][\\w+/-]'],
  peel(text, at, most) {
    let end = at;
    while (end < text.length && end - at < most && sextet(text.charCodeAt(end)) >= 0) end += 1;
    if (end - at < 16) return null;
    const bytes = base64Bytes(text, at, end);
    const isPartial = end - at >= most && sextet(text.charCodeAt(end)) >= 0;
    if (wrapperOf(bytes)) return { start: at, end, text: fromCodes(bytes), isPartial };
    const wide = wideText(bytes);
    if (wide !== null) return { start: at, end, text: wide, isPartial };
    if (!isTextual(bytes.subarray(0, 64))) return null;
    return { start: at, end, text: bytesToText(bytes).text, isPartial };
  },
};
