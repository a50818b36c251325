import { scriptEscapes } from '../../text/escapes.ts';
import { type Codec, decodeEscapes } from './codec.ts';

/** Escapes of JSON and of scripts: `\"`, `\/`, `\u002e`, `\x2e`. */
export const jsonString: Codec = {
  id: 'json-string',
  decode: (source) => decodeEscapes(source, scriptEscapes, (text) => JSON.stringify(text).slice(1, -1)),
};
