import { base64Bytes, fromCodes } from '../../text/base64.ts';
import type { Slot, Structure } from '../context.ts';
import { isPlaceholder, looksOpaque } from '../opaque-value.ts';

/** Credentials that only their scheme gives away, in any text: `Bearer …`, `Basic …`; and keys of media in SDP. */
export const schemes: Structure = {
  id: 'schemes',
  signs: [' ', '+', ':', '%20', '\t'],
  *slots(text): Generator<Slot> {
    for (const found of text.matchAll(scheme)) {
      const value = found[2] ?? '';
      const isBasic = /^basic/i.test(found[1] ?? '') && /^[ -~]*:[ -~]*$/.test(fromCodes(base64Bytes(value)));
      if (isPlaceholder(value) || !(isBasic || looksOpaque(value))) continue;
      const start = found.index + (found[1] ?? '').length;
      yield {
        start,
        end: start + value.length,
        name: 'authorization',
        held: 'header',
        suspicion: 'certain',
        at: 'scheme',
      };
    }
  },
};

const scheme =
  /(?<![\w-])((?:bearer|basic|dpop|negotiate|ntlm|token|apikey|hawk|jwt|inline)(?:[ \t+:]|%20){1,4})([\w.~+/=|!$-]{8,100000})/gi;
