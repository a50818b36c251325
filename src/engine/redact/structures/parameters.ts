import { percent } from '../codecs/percent.ts';
import type { Slot, Structure } from '../context.ts';
import { stopAt } from '../runs.ts';
import { suspicionOf } from '../suspicion.ts';
import { isExpression } from './program-text.ts';

/** Parameters of URLs and forms: `?a=1&b=2`, `#a=1`, `;a=1`. */
export const parameters: Structure = {
  id: 'parameters',
  signs: ['='],
  *slots(text, { isProgram }): Generator<Slot> {
    const parameter = new RegExp(naming);
    for (let found = parameter.exec(text); found; found = parameter.exec(text)) {
      const name = found[1] ?? '';
      const start = found.index + found[0].length;
      const end = stopAt(text, start, afterValue);
      const suspicion = suspicionOf(name, 'parameter');
      const isCode =
        suspicion !== null && isProgram() && !isInUrl(text, found.index) && isExpression(text.slice(start, end));
      if (end > start && !isCode)
        yield {
          start,
          end,
          codec: percent,
          name,
          held: 'parameter',
          suspicion,
          at: 'parameter',
        };
      parameter.lastIndex = Math.max(end, start);
    }
  },
};

/** Behind `?` and `&` of a URL rather than of an expression. */
function isInUrl(text: string, at: number): boolean {
  return /:\/\/[^\s"'`<>]{0,400}$|["'`]\/?[\w/-]{0,200}\?[^\s"'`<>]{0,400}$/.test(
    text.slice(Math.max(0, at - 400), at + 1),
  );
}

const naming = /(?<=^|[?&#;]|&amp;|\\u0026|\\x26|%3[Ff]|%26)([A-Za-z_][\w.[\]%~-]{0,79})=/g;
const afterValue = /[&#\s"'<>\\`;]/g;
