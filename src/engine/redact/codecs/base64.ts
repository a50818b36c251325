import { base64Bytes, fromCodes, withoutPadding } from '../../text/base64.ts';
import { readBytes } from './bytes.ts';
import { type Codec, wrapped } from './codec.ts';

/**
 * Base64 in either alphabet, with padding or without, in one line or in many (RFC 4648, RFC 2045 §6.8). Reads bytes with
 * the decoder of detection, whose encoding `base64` takes only what begins a text; here bytes that are none are kept.
 */
export const base64: Codec = {
  id: 'base64',
  decode(source) {
    const wrap = /^[^\r\n]{1,1000}(\r?\n)[ \t]{0,80}/.exec(source);
    const plain = wrap ? source.replace(/[\r\n \t]/g, '') : source;
    const bytes = base64Bytes(plain.replace(/[=]{1,2}$/, ''));
    if (bytes.length === 0) return null;
    const isPadded = plain.endsWith('=') || (plain.length % 4 === 0 && !/[-_]/.test(plain));
    const isUrl = /[-_]/.test(plain) || (!isPadded && !/[+/]/.test(plain));
    const inner = readBytes(bytes);
    return {
      ...inner,
      sourceOf: null,
      encode(text) {
        let written = btoa(fromCodes(inner.encode(text)));
        if (isUrl) written = written.replaceAll('+', '-').replaceAll('/', '_');
        if (!isPadded) written = withoutPadding(written);
        return wrap ? wrapped(written, wrap[0].trimEnd().length, wrap[0].slice(wrap[0].trimEnd().length)) : written;
      },
    };
  },
};
