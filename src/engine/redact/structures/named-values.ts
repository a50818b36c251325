import { jsonString } from '../codecs/json-string.ts';
import type { Slot, Structure } from '../context.ts';
import { looksOpaque } from '../opaque-value.ts';
import { stopAt } from '../runs.ts';
import { suspicionOf } from '../suspicion.ts';
import { isExpression, programText } from './program-text.ts';

/** A name and its value in any text: code, settings, logs: `token = "…"`, `'token': '…'`, `token: …`, `--token …`. */
export const namedValues: Structure = {
  id: 'named-values',
  signs: [':', '=', '--', ' is ', ' was '],
  *slots(text): Generator<Slot> {
    const isProgram = programText(text);
    const names = new RegExp(naming);
    for (let found = names.exec(text); found; found = names.exec(text)) {
      const [whole, name = '', , isOption] = found;
      const start = found.index + whole.length;
      names.lastIndex = start;
      const suspicion = suspicionOf(name, 'text');
      if (!suspicion) continue;
      const slot = valueAt(text, start, isOption === undefined ? 'certain' : 'likely');
      if (!slot) continue;
      const value = text.slice(slot.start, slot.end);
      if (isProgram() && (slot.codec ? /^[\s+)\],;}]|\n/.test(value) : isExpression(value))) continue;
      yield {
        ...slot,
        name,
        held: 'text',
        suspicion: slot.suspicion === 'likely' ? 'likely' : suspicion,
        at: 'named',
      };
      names.lastIndex = slot.end;
    }
  },
};

/** A name with its quotes, and what leads to the value. */
const naming =
  /(?<![\w$-])([A-Za-z_$][\w$.[\]-]{1,79})(\\?["'`])?(?:\s{0,4}(?:=>|:=|={1,3}|:)\s{0,4}|(\s{1,4}(?:is|was)\s{1,4})|(?<=--[\w-]{2,40})[ \t]{1,4})(?=\S)/g;

/** A value in quotes, or up to where a bare one ends. */
function valueAt(text: string, at: number, sure: 'certain' | 'likely'): Slot | null {
  opening.lastIndex = at;
  const quote = opening.exec(text)?.[0];
  if (quote !== undefined) {
    const start = at + quote.length;
    const end = closing(text, start, quote);
    return end > start ? { start, end, codec: jsonString, suspicion: sure } : null;
  }
  scheme.lastIndex = at;
  scheme.test(text);
  const value = text.slice(at, stopAt(text, Math.max(at, scheme.lastIndex), afterBare));
  const trimmed = value.replace(/[.,:!?)\]}]{1,4}$/, '');
  if (trimmed === '') return null;
  // Code assigns to names what other names hold; in a text without quotes only what looks random is a value.
  return { start: at, end: at + trimmed.length, suspicion: looksOpaque(trimmed) ? sure : 'likely' };
}

const opening = /\\?["'`]/y;
const scheme = /(?:Bearer|Basic|DPoP|Token)[ \t]{1,4}/iy;
const afterBare = /[\s"'`<>&;,(){}\\]/g;
const longestValue = 1 << 16;

function closing(text: string, start: number, quote: string): number {
  for (
    let end = text.indexOf(quote, start);
    end >= 0 && end - start <= longestValue;
    end = text.indexOf(quote, end + 1)
  ) {
    if (text.charCodeAt(end - 1) !== 0x5c || quote.length > 1) return end;
  }
  const feed = text.indexOf('\n', start);
  return Math.min(feed < 0 ? text.length : feed, start + longestValue);
}
