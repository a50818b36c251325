import { jsonString } from '../codecs/json-string.ts';
import type { Slot, Structure } from '../context.ts';
import { isNamedAlike, looksOpaque } from '../opaque-value.ts';
import { stopAt } from '../runs.ts';
import { suspicionOf } from '../suspicion.ts';
import { isExpression } from './program-text.ts';
import { closingQuote } from './quoted.ts';

/** A name and its value in any text: code, settings, logs: `token = "…"`, `'token': '…'`, `token: …`, `--token …`. */
export const namedValues: Structure = {
  id: 'named-values',
  signs: [':', '=', '：', '＝', '--', ' is ', ' was '],
  *slots(text, { isProgram }): Generator<Slot> {
    const names = new RegExp(naming);
    for (let found = names.exec(text); found; found = names.exec(text)) {
      const [whole, name = '', quote = '', isOption] = found;
      const start = found.index + whole.length;
      names.lastIndex = start;
      const suspicion = suspicionOf(name, 'text');
      // A quote that ends no name is the end of a text before.
      if (!suspicion || (quote !== '' && text.charAt(found.index - 1) !== quote.slice(-1))) continue;
      const slot = valueAt(text, start, isOption === undefined ? 'certain' : 'likely');
      if (!slot) continue;
      const value = text.slice(slot.start, slot.end);
      if (isProgram() && (slot.codec ? isOfProgram(value, name) : isExpression(value))) continue;
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

/** A name with its quotes, and what leads to the value. A name is taken whole: nothing that leads on can stand in it. */
const naming =
  /(?<![\w$<])(?<![\w$]-|<\/)(?=([A-Za-z_$\u00c0-\u024f\u0370-\u052f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af][\w$.[\]\u00c0-\u024f\u0370-\u052f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af-]{0,79}))\1(\\?["'`])?(?:\s{0,4}(?:=>|:=|(?<![=!<>])=(?![=])|[:：＝])\s{0,4}|(\s{1,4}(?:is|was)\s{1,4})|(?<=--[\w-]{2,40})[ \t]{1,4})(?=\S)/g;

/** A value in quotes, or up to where a bare one ends. */
function valueAt(text: string, at: number, sure: 'certain' | 'likely'): Slot | null {
  opening.lastIndex = at;
  const quote = opening.exec(text)?.[0];
  if (quote !== undefined) {
    const start = at + quote.length;
    const end = endOfQuoted(text, start, quote);
    // The quote ended what stood before.
    if (quote.length < 3 && /^\r?\n/.test(text.slice(start, start + 2))) return null;
    return end > start ? { start, end, codec: jsonString, suspicion: sure } : null;
  }
  scheme.lastIndex = at;
  scheme.test(text);
  const value = text.slice(at, stopAt(text, Math.max(at, scheme.lastIndex), afterBare));
  const trimmed = value.replace(/[.,:!?)\]}]{1,4}$/, '');
  if (trimmed === '') return null;
  // In a sentence or in code only what looks random is a value; before a sign or another name any word is one.
  after.lastIndex = at + trimmed.length;
  const isType = /^[A-Z][a-z]{1,40}[A-Z][A-Za-z]{1,80}$/.test(trimmed);
  const isValue = looksOpaque(trimmed) || (trimmed.length >= 4 && !isType && after.test(text));
  return { start: at, end: at + trimmed.length, suspicion: isValue ? sure : 'likely' };
}

/** Quotes around what no secret is: the rest of an expression, a name that repeats the name. */
function isOfProgram(value: string, name: string): boolean {
  return /^[\s+)\],;}]|\n/.test(value) || isNamedAlike(value, name);
}

/** What stands behind a value that is one: the end of the line, a sign, the next name. */
const after =
  /[;)}\]&|"'`]|<[/b]|,(?=\s{0,4}(?:$|["'{[]|[\w.-]{1,60}\s?[:=]))|[ \t]{0,8}(?:$|[\r\n]|[A-Za-z_][\w.-]{0,60}[ \t]?[:=])/y;

const opening = /\\?(?:'''|"""|["'`])/y;
const scheme = /(?:Bearer|Basic|DPoP|Token)[ \t]{1,4}/iy;
const afterBare = /[\s"'`<>&;,(){}\\]/g;
const longestValue = 1 << 16;

/** Where a text in quotes ends: at its quote, or at the end of its line when that is far off. */
function endOfQuoted(text: string, start: number, quote: string): number {
  const end = closingQuote(text, start, quote, { most: longestValue });
  if (end >= 0) return end;
  const feed = text.indexOf('\n', start);
  return Math.min(feed < 0 ? text.length : feed, start + longestValue);
}
