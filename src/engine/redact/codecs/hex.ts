import { readBytes } from './bytes.ts';
import type { Codec } from './codec.ts';

/** Bytes as hexadecimal digits in pairs. */
export const hex: Codec = {
  id: 'hex',
  decode(source) {
    if (source.length % 2 === 1 || !/^[0-9a-fA-F]{2}/.test(source)) return null;
    const inner = readBytes(hexBytes(source));
    const isUpper = /[A-F]/.test(source);
    return {
      ...inner,
      sourceOf: null,
      encode(text) {
        const digits = Array.from(inner.encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('');
        return isUpper ? digits.toUpperCase() : digits;
      },
    };
  },
};

/** Bytes of digits in pairs; 0 for a pair that is none. */
export function hexBytes(text: string, start = 0, end = text.length): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1);
  for (let at = 0; at < bytes.length; at += 1) {
    bytes[at] = Number.parseInt(text.slice(start + at * 2, start + at * 2 + 2), 16);
  }
  return bytes;
}
