import type { Slot, Structure } from '../context.ts';
import { looksOpaque } from '../opaque-value.ts';
import { suspicionOf } from '../suspicion.ts';

/** The value of `Sec-WebSocket-Protocol`: names in a list, among which clients of browsers hide tokens (`access_token, …`). */
export const protocols: Structure = {
  id: 'protocols',
  signs: [],
  *slots(text): Generator<Slot> {
    let at = 0;
    let before = '';
    for (const part of text.split(',')) {
      const value = part.trim();
      const start = at + part.length - part.trimStart().length;
      const isNamed = before !== '' && suspicionOf(before, 'header') !== null && !/^[a-z][a-z\d.-]{0,20}$/.test(value);
      const inside = /^(?:[a-z][\w-]{0,40}[.=|:~])?/i.exec(value)?.[0].length ?? 0;
      if (isNamed || looksOpaque(value))
        yield {
          start,
          end: start + value.length,
          name: before || 'protocol',
          held: 'header',
          suspicion: 'certain',
          at: 'protocol',
        };
      else if (inside > 0 && looksOpaque(value.slice(inside)))
        yield {
          start: start + inside,
          end: start + value.length,
          name: 'protocol',
          held: 'header',
          suspicion: 'certain',
          at: 'protocol',
        };
      before = value;
      at += part.length + 1;
    }
  },
};
