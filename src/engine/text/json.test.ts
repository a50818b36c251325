import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walkJson } from './json.ts';

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
    { numRuns: 5000 },
  );
});
