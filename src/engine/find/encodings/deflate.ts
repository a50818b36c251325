import { bytesToText } from '../../text/base64.ts';
import { inflate, wrapperOf } from '../../text/inflate.ts';
import type { Encoding } from './encoding.ts';

/** Text compressed with gzip or zlib, one character per byte. */
export const deflate: Encoding = {
  id: 'deflate',
  name: 'gzip or deflate compression',
  tried: ['whole'],
  peel(text, at, most) {
    if (at !== 0) return null;
    const wrapper = wrapperOf([text.charCodeAt(0), text.charCodeAt(1), text.charCodeAt(2)]);
    if (!wrapper) return null;
    const bytes = new Uint8Array(Math.min(text.length, most));
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
    const inflated = inflate(bytes, wrapper);
    if (!inflated) return null;
    const isPartial = inflated.cut || bytes.length < text.length;
    return { start: 0, end: text.length, text: bytesToText(inflated.bytes).text, isPartial };
  },
};
