import type { Slot, Structure } from '../context.ts';
import { stopAt } from '../runs.ts';
import { suspicionOf } from '../suspicion.ts';
import { cookieSlots } from './cookie-header.ts';

/** Lines of a Netscape cookie file: seven fields between tabs, the name and the value last; also commented out, or quoted. */
export const cookieJarLines: Structure = {
  id: 'cookie-jar-lines',
  signs: ['\t', '  ', ' /'],
  *slots(text): Generator<Slot> {
    const all = [...text.matchAll(line), ...text.matchAll(spaced)].sort((one, other) => one.index - other.index);
    for (const found of all) {
      const [whole, lead = '', name = ''] = found;
      const at = found.index + lead.length;
      if (name !== '') yield { start: at, end: at + name.length, name: null, held: 'cookie', isName: true };
      const start = found.index + whole.length;
      const value = text.slice(start, stopAt(text, start, lineEnd));
      if (name === '' && value !== '') yield* cookieSlots(value, start);
      else if (value !== '')
        yield {
          start,
          end: start + value.length,
          name,
          held: 'cookie',
          suspicion: suspicionOf(name, 'cookie'),
          at: 'cookie',
        };
    }
  },
};

const line =
  /(?<=^|[\r\n])([ \t]{0,20}(?:[>#|][ \t]{0,4}){0,4}(?:#HttpOnly_)?[^\s#]{1,255}(?:\t| {2,8})(?:TRUE|FALSE)(?:\t| {2,8})[^\t\r\n ]{0,1000}(?:\t| {2,8})(?:TRUE|FALSE)(?:\t| {2,8})(?:-?[\d.e+]{0,24}(?:\t| {2,8}))?)((?:[^\t\r\n ]| (?! )){0,1000})(?:\t| {2,8})?/gi;
/** The same with a space in place of each tab, as where it was copied. */
const spaced =
  /(?<=^|[\r\n])((?:#HttpOnly_)?[^\s#]{1,255} (?:TRUE|FALSE) \/[^\s]{0,1000} (?:TRUE|FALSE) -?[\d.]{1,24} )([^\s=]{1,1000}) /gi;
const lineEnd = /[\t\r\n]/g;
