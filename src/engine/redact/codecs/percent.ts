import { percentEscapes } from '../../text/escapes.ts';
import { type Codec, decodeEscapes } from './codec.ts';

/** Percent-encoding (RFC 3986 §2.1). */
export const percent: Codec = {
  id: 'percent',
  decode: (source) => decodeEscapes(source, percentEscapes, encode),
};

function encode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return encodeURIComponent(text.replace(/[\ud800-\udfff]/g, '?'));
  }
}
