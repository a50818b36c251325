import { percentEscapes, undoEscapes } from '../../text/escapes.ts';
import { type Encoding, escapesAtATime, peelEscapes, stopsAt } from './encoding.ts';

const isStop = stopsAt(/[\s"'<>`\\^{|}&;,=?#()[\]]/);

/** Percent-encoding (RFC 3986 §2.1), as in URLs and cookies. Wrong sequences stay as they are. */
export const percent: Encoding = {
  id: 'percent',
  name: 'percent-encoding',
  tried: ['escaped-header', 'header', 'run-end'],
  sign: '%',
  atATime: escapesAtATime,
  peel: (text, at, most, from) => peelEscapes(text, { at, from, most }, isStop, percentEscapes),
};

export function decodePercent(text: string): string {
  return undoEscapes(text, percentEscapes);
}
