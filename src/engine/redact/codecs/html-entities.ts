import { htmlReferences } from '../../text/escapes.ts';
import { type Codec, decodeEscapes } from './codec.ts';

/** Character references of HTML and XML, those with a name only for ASCII characters. */
export const htmlEntities: Codec = {
  id: 'html-entities',
  decode: (source) =>
    decodeEscapes(source, htmlReferences, (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)),
};
