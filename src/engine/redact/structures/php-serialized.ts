import type { Codec } from '../codecs/codec.ts';
import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** Texts as PHP's `serialize` and its session files write them: `s:5:"token";s:3:"abc";`, `token|s:3:"abc";`. Lengths count bytes. */
export const phpSerialized: Structure = {
  id: 'php-serialized',
  signs: ['s:'],
  *slots(text): Generator<Slot> {
    for (const { index, 0: whole, 1: member, 2: variable = '', 3: value = '' } of text.matchAll(pair)) {
      const name = member ?? variable;
      const start = index + whole.length - value.length;
      yield {
        start,
        end: start + value.length,
        codec: phpString,
        name,
        held: 'member',
        suspicion: suspicionOf(name, 'member'),
        at: 'serialized',
      };
    }
  },
};

const pair = /(?:s:\d{1,6}:"([^"]{1,100})";|([A-Za-z_]\w{0,99})\|)(s:\d{1,9}:"[^"]{0,100000}";)/g;

const phpString: Codec = {
  id: 'php-string',
  decode(source) {
    const text = /^s:\d+:"([\s\S]*)";$/.exec(source)?.[1];
    if (text === undefined) return null;
    const encode = (inner: string) => `s:${new TextEncoder().encode(inner).length}:"${inner}";`;
    return { text, sourceOf: null, encode };
  },
};
