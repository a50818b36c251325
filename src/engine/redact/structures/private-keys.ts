import type { Slot, Structure } from '../context.ts';
import { stopAt } from '../runs.ts';

/** Private keys in PEM (RFC 7468) and its kin, also cut off, and the line breaks written as `\n`. */
export const privateKeys: Structure = {
  id: 'private-keys',
  signs: ['PRIVATE KEY'],
  *slots(text): Generator<Slot> {
    const keys = new RegExp(begin);
    for (let found = keys.exec(text); found; found = keys.exec(text)) {
      const start = found.index + found[0].length;
      const close = text.indexOf('-----END', start);
      const stop = stopAt(text, start, afterBody);
      const end = close < 0 || close > stop ? stop : close;
      if (end - start >= 16) yield { start, end, name: 'private key', held: 'text', suspicion: 'certain', at: 'key' };
      keys.lastIndex = Math.max(end, start);
    }
  },
};

const begin = /-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----/g;
/** What is no base64, no break, and in none of the headers of older forms. */
const afterBody = /[^A-Za-z0-9+/=\s\\:,.()-]/g;
