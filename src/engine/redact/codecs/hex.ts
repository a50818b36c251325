import type { Codec } from './codec.ts';
import { wideOrder } from './wide-text.ts';

/** Bytes as hexadecimal digits in pairs. UTF-16 and UTF-32 are read as the text they are. */
export const hex: Codec = {
  id: 'hex',
  decode(source) {
    if (source.length % 2 === 1 || !/^[0-9a-fA-F]{2}/.test(source)) return null;
    const bytes = new Uint8Array(source.length / 2);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(source.slice(at * 2, at * 2 + 2), 16);
    const wide = wideOrder(bytes);
    const step = wide?.unit ?? 1;
    const zeros = '00'.repeat(step - 1);
    let text = '';
    for (let at = wide && !wide.isLittle ? step - 1 : 0; at < bytes.length; at += step)
      text += String.fromCharCode(bytes[at] as number);
    const isUpper = /[A-F]/.test(source);
    return {
      text,
      sourceOf: (offset) => offset * 2 * step,
      encode(changed) {
        let out = '';
        for (const char of changed) {
          const digits = (char.charCodeAt(0) & 0xff).toString(16).padStart(2, '0');
          out += wide && !wide.isLittle ? zeros + digits : digits + zeros;
        }
        return isUpper ? out.toUpperCase() : out;
      },
    };
  },
};
