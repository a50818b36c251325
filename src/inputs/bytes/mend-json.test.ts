import { expect, test } from 'vitest';
import { mendJson } from './mend-json.ts';

const mended = (text: string) => JSON.parse(mendJson(text).text) as unknown;

test.each<[what: string, text: string, value: unknown]>([
  [
    'what is right',
    '{"a":[1,-2.5e3,true,null,"x\\n\\u0041\\/"],"b":{}}',
    { a: [1, -2500, true, null, 'x\nA/'], b: {} },
  ],
  ['commas too many', '[,1,,2,{"a":1,},]', [1, 2, { a: 1 }]],
  ['commas too few', '{"a":1 "b":[1 "x"]}', { a: 1, b: [1, 'x'] }],
  ['words that are no values', '{"a":NaN,"b":undefined,"c":-Infinity,"d":007}', { a: null, b: null, c: null, d: null }],
  ['no value', '{"a":,"b":}', { a: null, b: null }],
  ['no colon', '{"a","b" 1}', { a: null, b: 1 }],
  ['names without quotes', '{a:1,$b_1:{c:2}}', { a: 1, $b_1: { c: 2 } }],
  ['comments', '/* a */{"a"/*b*/:1,// "c"\n"d":"//x"}', { a: 1, d: '//x' }],
  ['line breaks in strings', '{"a":"x\ny\tz"}', { a: 'x\ny\tz' }],
  ['escapes of other languages', '{"a":"\\x41\\q\\u00"}', { a: 'A\\q\\u00' }],
  ['what follows', '{"a":1} more', { a: 1 }],
])('%s is mended', (_, text, value) => {
  expect(mended(text)).toEqual(value);
});

test('whatever is cut off is closed', () => {
  const whole = '{"a":[{"b":"x\\"y\\\\"},1.5,true,"\\u0041"],"c":null}';
  for (let end = 1; end < whole.length; end += 1) {
    const { text, isCut } = mendJson(whole.slice(0, end));
    expect(() => JSON.parse(text), whole.slice(0, end)).not.toThrow();
    expect(isCut).toBe(true);
  }
  expect(mended(whole.slice(0, 16))).toEqual({ a: [{ b: 'x"y' }] });
  expect(mendJson(whole).isCut).toBe(false);
});

test('comments are kept', () => {
  expect(mendJson('{// one\n"a":1/* two').comments).toEqual(['// one', '/* two']);
});

test('what is hostile throws nothing and takes no longer than what is not', () => {
  for (const piece of ['{', '[', '"', '\\', '\\"', '/*', '//', ',', ':', '"a":', '{"a"', '}', 'NaN ', '\\u'])
    for (const start of ['', '{"a":"', '[']) expect(() => mendJson(start + piece.repeat(10_000))).not.toThrow();
});
