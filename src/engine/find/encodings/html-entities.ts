import { htmlReferences } from '../../text/escapes.ts';
import { type Encoding, peelEscapes, stopsAt } from './encoding.ts';

const isStop = stopsAt(/[\s"'<>]/);

/** Character references of HTML that stand in for what surrounds and divides a token: quotes, `&`, dots, `=`. */
export const htmlEntities: Encoding = {
  id: 'html-entities',
  name: 'HTML character references',
  tried: ['header', 'run-end'],
  sign: '&',
  peel: (text, at, most) => peelEscapes(text, at, isStop, most, htmlReferences),
};
