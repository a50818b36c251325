import { htmlReferences } from '../../text/escapes.ts';
import { type Encoding, peelEscapes } from './encoding.ts';

/** Character references of HTML that stand in for what surrounds and divides a token: quotes, `&`, dots, `=`. */
export const htmlEntities: Encoding = {
  id: 'html-entities',
  name: 'HTML character references',
  tried: ['header', 'run-end'],
  sign: '&',
  peel: (text, at, most) => peelEscapes(text, at, /[\s"'<>]/, most, htmlReferences),
};
