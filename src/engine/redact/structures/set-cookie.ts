import type { Slot, Structure } from '../context.ts';
import { cookieSlots, pieces } from './cookie-header.ts';

/** The value of one or more `Set-Cookie` headers (RFC 6265 §4.1), in lines or joined by commas. */
export const setCookie: Structure = {
  id: 'set-cookie',
  signs: [],
  *slots(text): Generator<Slot> {
    let start = 0;
    for (const { index } of text.matchAll(between)) {
      yield* oneCookie(text.slice(start, index), start);
      start = index + 1;
    }
    yield* oneCookie(text.slice(start), start);
  },
};

/** A line break, or a comma that a name and `=` follow: dates have commas too. */
const between = /\n|,(?=[ \t]{0,8}[^\s;,=]{1,256}=)/g;

function* oneCookie(text: string, at: number): Generator<Slot> {
  for (const { start, end } of pieces(text, ';')) {
    const part = text.slice(start, end);
    const name = part.split('=', 1)[0]?.trim().toLowerCase() ?? '';
    if (start > 0 && attributes.has(name)) yield { start: at + start, end: at + end, name: null, held: 'text' };
    else yield* cookieSlots(part, at + start);
  }
}

const attributes = new Set([
  'expires',
  'max-age',
  'domain',
  'path',
  'secure',
  'httponly',
  'samesite',
  'partitioned',
  'priority',
  'version',
  'comment',
  'port',
  'discard',
]);
