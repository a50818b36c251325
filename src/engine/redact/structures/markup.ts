import { htmlEntities } from '../codecs/html-entities.ts';
import type { Slot, Structure } from '../context.ts';
import { suspicionOf } from '../suspicion.ts';

/** Elements of XML whose name tells what they hold: `<Password>…</Password>`, `<input name="csrf" value="…">`. */
export const markup: Structure = {
  id: 'markup',
  signs: ['<'],
  *slots(text, { isProgram }): Generator<Slot> {
    const tags = new RegExp(tag);
    let nested = 0;
    let inside = 0;
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
        // Generic types of programs look like elements, and have no end.
        const isElement = close < 0 ? end + cdata < stop && !isProgram() : cdata > 0 || text.startsWith('</', close);
        if (close >= 0 && !isElement) {
          if (found.index >= inside && nested < mostNested) {
            nested += 1;
            const stop = endOfElement(text, element, end);
            inside = Math.max(inside, stop);
            yield* textsInside(text, element, end, stop);
          }
          continue;
        }
        if (isElement && text.slice(end + cdata, stop).trim() !== '')
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

/** Texts of the elements inside one that tells: `<credentials><value>…</value></credentials>`. */
function* textsInside(text: string, element: string, from: number, stop: number): Generator<Slot> {
  const inner = />([^<>\r\n]{1,4000})(?=<\/)/g;
  inner.lastIndex = from;
  for (let found = inner.exec(text); found && found.index < stop; found = inner.exec(text)) {
    const start = found.index + 1;
    const end = start + (found[1] ?? '').length;
    yield { start, end, codec: htmlEntities, name: element, held: 'member', suspicion: 'likely', at: 'inside' };
  }
}

/** Where an element ends whose end is near; where it begins, when there is none. */
function endOfElement(text: string, element: string, from: number): number {
  const end = text.slice(from, from + longestElement).indexOf(`</${element}`);
  return end < 0 ? from : from + end;
}

const longestElement = 20_000;
/** Elements that are looked into; more only in a text that is made to take long. */
const mostNested = 2000;

const tag = /<([A-Za-z_][\w:.-]{0,79})((?:\s[^<>]{0,4000})?)>/g;

/** `name="csrf" value="…"`: an input, a meta element, a setting in XML. */
function fieldOf(attributes: string, at: number): Slot | null {
  if (attributes.length < 10) return null;
  const naming = /\s(?:name|id|property|key|itemprop)\s{0,4}=\s{0,4}["']?([^"'<>\s]{1,100})/i.exec(attributes);
  const isPassword = /\stype\s{0,4}=\s{0,4}["']?password\b/i.test(attributes);
  const value = /\s(?:value|content)\s{0,4}=\s{0,4}(["']?)/i.exec(attributes);
  if ((!naming && !isPassword) || !value) return null;
  const name = naming?.[1] ?? 'password';
  const suspicion = isPassword ? 'certain' : suspicionOf(name, 'parameter');
  if (!suspicion) return null;
  const start = value.index + value[0].length;
  const close = value[1] ? attributes.indexOf(value[1], start) : attributes.slice(start).search(/\s|\/?$/) + start;
  const end = close < 0 ? attributes.length : close;
  return end > start
    ? { start: at + start, end: at + end, codec: htmlEntities, name, held: 'parameter', suspicion, at: 'field' }
    : null;
}
