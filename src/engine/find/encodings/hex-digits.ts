import { bytesToText, fromCodes, wideText } from '../../text/base64.ts';
import { hexDigit } from '../../text/escapes.ts';
import { wrapperOf } from '../../text/inflate.ts';
import type { Encoding } from './encoding.ts';

/** Octets of a token or of JSON as hexadecimal digits, also as databases write them: `0x…`, `\x…`. */
export const hexDigits: Encoding = {
  id: 'hex-digits',
  name: 'hexadecimal digits',
  tried: ['run'],
  // `eyJ`, `ewo`, `ey` in UTF-16, `{"`, `[{`, and gzip.
  begins: [
    '65794[aA]',
    '65776[fF]',
    '65007900',
    '7[bB]22',
    '5[bB]7[bB]',
    '1[fF]8[bB]08',
    '0[xX](?:65|7[bB]|5[bB]|1[fF])',
    'x(?:65|7[bB]|5[bB]|1[fF])',
  ],
  peel(text, at, most) {
    const digitsAt = /^(?:0[xX]|x)/.test(text.slice(at, at + 2)) ? text.indexOf('x', at) + 1 || at + 2 : at;
    let end = digitsAt;
    while (end < text.length && end - at < most && hexDigit(text.charCodeAt(end)) >= 0) end += 1;
    const bytes = new Uint8Array((end - digitsAt) >> 1);
    if (bytes.length < 16) return null;
    for (let index = 0; index < bytes.length; index += 1) {
      const from = digitsAt + index * 2;
      bytes[index] = (hexDigit(text.charCodeAt(from)) << 4) | hexDigit(text.charCodeAt(from + 1));
    }
    const isPartial = end - at >= most && hexDigit(text.charCodeAt(end)) >= 0;
    const decoded = wrapperOf(bytes) ? fromCodes(bytes) : (wideText(bytes) ?? bytesToText(bytes).text);
    return { start: at, end, text: decoded, isPartial };
  },
};
