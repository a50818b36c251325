import { htmlEntities } from '../codecs/html-entities.ts';
import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** Elements of XML whose name tells what they hold: `<Password>…</Password>`, `<input name="csrf" value="…">`. */
export const markup: Structure = {
  id: 'markup',
  signs: ['<'],
  *slots(text): Generator<Slot> {
    const tags = new RegExp(tag);
    for (let found = tags.exec(text); found; found = tags.exec(text)) {
      const [whole, element = '', attributes = ''] = found;
      const end = found.index + whole.length;
      const input = fieldOf(attributes, found.index + 1 + element.length);
      if (input) yield input;
      // `<code>` is a word of HTML.
      const suspicion = element === 'code' ? null : suspicionOf(element.replace(/^[\w-]{1,40}:/, ''), 'member');
      if (suspicion && !whole.endsWith('/>')) {
        const cdata = text.startsWith('<![CDATA[', end) ? 9 : 0;
        const close = text.indexOf(cdata ? ']]>' : '<', end + cdata);
        const stop = close < 0 ? text.length : close;
        if (text.slice(end + cdata, stop).trim() !== '')
          yield {
            start: end + cdata,
            end: stop,
            ...(cdata ? {} : { codec: htmlEntities }),
            name: element,
            held: 'member',
            suspicion,
            at: 'element',
          };
        tags.lastIndex = stop;
      }
    }
  },
};

const tag = /<([A-Za-z_][\w:.-]{0,79})((?:\s[^<>]{0,4000})?)>/g;

/** `name="csrf" value="…"`: an input, a meta element, a setting in XML. */
function fieldOf(attributes: string, at: number): Slot | null {
  if (attributes.length < 10) return null;
  const name = /\s(?:name|id|property|key|itemprop)\s{0,4}=\s{0,4}["']([^"'<>]{1,100})["']/i.exec(attributes)?.[1];
  const value = /\s(?:value|content)\s{0,4}=\s{0,4}(["'])/i.exec(attributes);
  if (name === undefined || !value) return null;
  const suspicion = suspicionOf(name, 'parameter');
  if (!suspicion) return null;
  const start = value.index + value[0].length;
  const close = attributes.indexOf(value[1] as string, start);
  const end = close < 0 ? attributes.length : close;
  return end > start
    ? { start: at + start, end: at + end, codec: htmlEntities, name, held: 'parameter', suspicion, at: 'field' }
    : null;
}
