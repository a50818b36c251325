import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonOddities, jsonPath, walkJson } from './json.ts';

function stringsIn(text: string): string[] {
  const found: string[] = [];
  const end = walkJson(text, { string: (start, stop) => void found.push(text.slice(start - 1, stop + 1)) });
  expect(end).toBe(text.length);
  return found;
}

test('every string ends where JSON.parse ends it, however many backslashes stand before its quotes', () => {
  const piece = fc.constantFrom('\\', '"', ',', ':', '{', '}', '[', ']', ' ', '\n', 'a', 'é');
  const strings = fc.array(fc.string({ unit: piece, maxLength: 12 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(strings, fc.constantFrom(undefined, 1), (values, indent) => {
      const written = values.map((value) => JSON.stringify(value));
      expect(stringsIn(JSON.stringify(values, null, indent))).toEqual(written);
      const nested = JSON.stringify(JSON.stringify(values));
      expect(stringsIn(nested)).toEqual([nested]);
    }),
    { seed: 20_261_126, numRuns: 5000 },
  );
});

test('members that stand twice are told behind any count of numbers that lose digits, and those behind any count of members', () => {
  const numbers = Array(60).fill('12345678901234567890').join();
  const twice = '"a":1,'.repeat(60);
  const codes = (text: string) => new Set(jsonOddities(text).map(({ code }) => code));
  expect(codes(`{"n":[${numbers}],${twice}"a":2}`)).toEqual(new Set(['number-precision', 'duplicate-member']));
  expect(codes(`{${twice}"n":[${numbers}]}`)).toEqual(new Set(['duplicate-member', 'number-precision']));
});

test('the path of an oddity is written as asked for', () => {
  const text = '{"a":[{"b c":1,"b c":2}]}';
  expect(jsonOddities(text).map(({ path }) => path)).toEqual(['a.0.b c']);
  expect(jsonOddities(text, 1, jsonPath).map(({ path }) => path)).toEqual(['$.a[0]["b c"]']);
});
