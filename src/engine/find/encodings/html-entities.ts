import { htmlReferences } from '../../text/escapes.ts';
import { type Encoding, escapesAtATime, peelEscapes, stopsAt } from './encoding.ts';

const isStop = stopsAt(/[\s"'<>]/);

/** Character references of HTML that stand in for what surrounds and divides a token: quotes, `&`, dots, `=`. */
export const htmlEntities: Encoding = {
  id: 'html-entities',
  name: 'HTML character references',
  tried: ['header', 'run-end'],
  sign: '&',
  atATime: escapesAtATime,
  peel: (text, at, most, from) => peelEscapes(text, { at, from, most }, isStop, htmlReferences),
};
