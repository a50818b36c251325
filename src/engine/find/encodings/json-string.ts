import { scriptEscapes } from '../../text/escapes.ts';
import { type Encoding, escapesAtATime, peelEscapes, stopsAt } from './encoding.ts';

const isStop = stopsAt(/[\s<>{}[\],;"'`]/);

/** Escapes of JSON and JavaScript strings: `\"`, `\/`, `\u002e`, `\x2e`. */
export const jsonString: Encoding = {
  id: 'json-string',
  name: 'JSON or JavaScript string',
  tried: ['header', 'run-end'],
  sign: '\\',
  atATime: escapesAtATime,
  peel: (text, at, most, from) => peelEscapes(text, { at, from, most }, isStop, scriptEscapes),
};
