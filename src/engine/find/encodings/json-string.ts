import { scriptEscapes, undoEscapes } from '../../text/escapes.ts';
import { type Encoding, stretch } from './encoding.ts';

/** Escapes of JSON and JavaScript strings: `\"`, `\/`, `\u002e`, `\x2e`. */
export const jsonString: Encoding = {
  id: 'json-string',
  name: 'JSON or JavaScript string',
  tried: ['header', 'run-end'],
  sign: '\\',
  peel(text, at, most) {
    const { start, end } = stretch(text, at, /[\s<>{}[\],;"'`]/, most);
    const encoded = text.slice(start, end);
    const decoded = undoEscapes(encoded, scriptEscapes);
    return decoded === encoded ? null : { start, end, text: decoded };
  },
};
