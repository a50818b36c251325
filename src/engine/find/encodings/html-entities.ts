import { htmlReferences, undoEscapes } from '../../text/escapes.ts';
import { type Encoding, stretch } from './encoding.ts';

/** Character references of HTML that stand in for what surrounds and divides a token: quotes, `&`, dots, `=`. */
export const htmlEntities: Encoding = {
  id: 'html-entities',
  name: 'HTML character references',
  tried: ['header', 'run-end'],
  sign: '&',
  peel(text, at, most) {
    const { start, end } = stretch(text, at, /[\s"'<>]/, most);
    const encoded = text.slice(start, end);
    const decoded = undoEscapes(encoded, htmlReferences);
    return decoded === encoded ? null : { start, end, text: decoded };
  },
};
