import { expect, test } from 'vitest';
import { cut, visible } from './visible.ts';

test.each([
  ['plain text and 文字 stay', 'plain text and 文字 stay'],
  ['a\u202Eb', 'a\\u202eb'],
  ['a\u2066b\u2069', 'a\\u2066b\\u2069'],
  ['zero\u200Bwidth', 'zero\\u200bwidth'],
  ['line\nbreak\ttab', 'line\\nbreak\\ttab'],
  ['\u0000\u001b[31m', '\\u0000\\u001b[31m'],
  ['lone \ud800 surrogate', 'lone \\ud800 surrogate'],
  ['pair 😀 stays', 'pair 😀 stays'],
  ['tag \u{e0041}', 'tag \\ue0041'],
])('shows what hides or reorders in %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('cuts without leaving half a character', () => {
  expect(cut('ab😀cd', 3)).toEqual({ text: 'ab', rest: 4 });
  expect(cut('ab😀cd', 4)).toEqual({ text: 'ab😀', rest: 2 });
  expect(cut('short', 10)).toEqual({ text: 'short', rest: 0 });
});
