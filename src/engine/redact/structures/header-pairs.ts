import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** Headers as the Network panel of Chrome copies them: the name in a line of its own, the value in the next. */
export const headerPairs: Structure = {
  id: 'header-pairs',
  signs: ['\n'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: name = '', 2: value = '' } of text.matchAll(pair)) {
      const start = index + whole.length - value.length;
      const isCookie = /^(?:set-)?cookie$/.test(name);
      const suspicion = isCookie ? null : suspicionOf(name, 'header');
      if (suspicion || isCookie)
        yield { start, end: start + value.length, name, held: 'header', suspicion, at: 'header' };
    }
  },
};

const pair =
  /(?<=^|[\r\n])(authorization|cookie|set-cookie|[a-z]{1,30}(?:-[a-z]{1,30}){1,6}):?\r?\n(?=\S*[\d=.]|(?:Bearer|Basic) )([^\r\n]{4,65536})(?=$|[\r\n])/g;
