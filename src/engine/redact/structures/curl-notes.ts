import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** What `curl -v` says when it keeps a cookie: `* Added cookie name="value" for domain …` (cookie.c of curl 8.16). */
export const curlNotes: Structure = {
  id: 'curl-notes',
  signs: [' cookie '],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: name = '', 2: value = '' } of text.matchAll(note)) {
      const start = index + whole.length - value.length;
      const suspicion = suspicionOf(name, 'cookie');
      yield { start, end: start + value.length, name, held: 'cookie', suspicion, at: 'cookie' };
    }
  },
};

const note = /(?<=\* (?:Added|Replaced) cookie )([^\s="]{1,255})="([^"\r\n]{1,10000})(?=" for domain )/g;
