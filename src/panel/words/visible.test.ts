import { expect, test } from 'vitest';
import { printable } from '../../engine/report/formats/printable.ts';
import { cut, visible } from './visible.ts';

test.each<[text: string, shown: string | null]>([
  ['plain text and 文字 stay', 'plain text and 文字 stay'],
  ['a\u202Eb', 'a\\u202eb'],
  ['a\u2066b\u2069', 'a\\u2066b\\u2069'],
  ['zero\u200Bwidth', 'zero\\u200bwidth'],
  ['line\nbreak\ttab', 'line\\nbreak\\ttab'],
  ['\u0000\u001b[31m', '\\u0000\\u001b[31m'],
  ['lone \ud800 surrogate', 'lone \\ud800 surrogate'],
  ['pair 😀 stays', 'pair 😀 stays'],
  ['tag \u{e0041}', 'tag \\ue0041'],
  ['variant \ufe00 of \u180b and \u{e0100}', 'variant \\ufe00 of \\u180b and \\ue0100'],
  ['heart ❤\ufe0f stays', 'heart ❤\ufe0f stays'],
  ['a family 👩‍👩‍👧, a rainbow flag 🏳️‍🌈, a hand 👋🏽 and a painter 🧑🏽‍🎨', null],
  ['the flag of Scotland 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', null],
  ['a flag 🏴\u{e0067}\u{e0062}\u{e0061} with a message', 'a flag 🏴\\ue0067\\ue0062\\ue0061 with a message'],
  ['Persian می\u200cخواهم', null],
  ['Persian with a joiner that changes nothing: ما\u200cه', 'Persian with a joiner that changes nothing: ما\\u200cه'],
  ['Hindi क्\u200dष and क्\u200cष, Malayalam ന്\u200d, Bengali র\u200d্য', null],
  ['admin\u200d', 'admin\\u200d'],
  ['ad\u200dmin', 'ad\\u200dmin'],
  ['ad\u200cmin', 'ad\\u200cmin'],
  ['Arabic م\u200dم', 'Arabic م\\u200dم'],
  ['two in a row 👩\u200d\u200d👧', 'two in a row 👩\\u200d\\u200d👧'],
  ['at the end 👩\u200d', 'at the end 👩\\u200d'],
  ['Ada\u200d👩', 'Ada\\u200d👩'],
  ['behind a hidden mark م\u034f\u200cم\u200b', 'behind a hidden mark م\\u034f\u200cم\\u200b'],
  [`long ${'\u200d'.repeat(2500)}👩\u200d👧`, `long ${'\\u200d'.repeat(2500)}👩\u200d👧`],
])('shows what hides or reorders in %j, and nothing else', (text, shown) => {
  expect(visible(text)).toBe(shown ?? text);
  expect(printable(text.replace(/[\n\t]/g, '')).includes('\\u')).toBe(
    (shown ?? text).replace(/\\[nt]/g, '').includes('\\u'),
  );
});

test('every character is seen in the panel as in a report', () => {
  const differing: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const character = String.fromCodePoint(code);
    // Reports lay out line breaks and tabs themselves.
    if (/[\t\r\n\u2028\u2029]/.test(character)) continue;
    if ((visible(character) === character) !== (printable(character) === character)) differing.push(code.toString(16));
  }
  expect(differing).toEqual([]);
});

test('cuts without leaving half a character', () => {
  expect(cut('ab😀cd', 3)).toEqual({ text: 'ab', rest: 4 });
  expect(cut('ab😀cd', 4)).toEqual({ text: 'ab😀', rest: 2 });
  expect(cut('short', 10)).toEqual({ text: 'short', rest: 0 });
});
