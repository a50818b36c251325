import { wideOrder } from './bytes.ts';
import type { Codec } from './codec.ts';

/** Bytes as hexadecimal digits in pairs. UTF-16 is read as the text it is. */
export const hex: Codec = {
  id: 'hex',
  decode(source) {
    if (source.length % 2 === 1 || !/^[0-9a-fA-F]{2}/.test(source)) return null;
    const bytes = new Uint8Array(source.length / 2);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(source.slice(at * 2, at * 2 + 2), 16);
    const order = wideOrder(bytes);
    const step = order ? 2 : 1;
    let text = '';
    for (let at = order === 'be' ? 1 : 0; at < bytes.length; at += step)
      text += String.fromCharCode(bytes[at] as number);
    const isUpper = /[A-F]/.test(source);
    return {
      text,
      sourceOf: (offset) => offset * 2 * step,
      encode(changed) {
        let out = '';
        for (const char of changed) {
          const digits = (char.charCodeAt(0) & 0xff).toString(16).padStart(2, '0');
          out += order === 'le' ? `${digits}00` : order === 'be' ? `00${digits}` : digits;
        }
        return isUpper ? out.toUpperCase() : out;
      },
    };
  },
};
