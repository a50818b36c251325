import { bytesToText } from '../../text/base64.ts';
import { inflate } from '../../text/inflate.ts';
import type { Encoding } from './encoding.ts';

/** Text compressed with gzip or zlib, one character per byte. */
export const deflate: Encoding = {
  id: 'deflate',
  name: 'gzip or deflate compression',
  tried: ['whole'],
  peel(text, at, most) {
    if (at !== 0) return null;
    const first = text.charCodeAt(0);
    const wrapper = first === 0x1f && text.charCodeAt(1) === 0x8b ? 'gzip' : first === 0x78 ? 'zlib' : null;
    if (!wrapper) return null;
    const bytes = new Uint8Array(Math.min(text.length, most));
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = text.charCodeAt(index);
    const inflated = inflate(bytes, wrapper, most);
    return inflated ? { start: 0, end: text.length, text: bytesToText(inflated.bytes).text } : null;
  },
};
