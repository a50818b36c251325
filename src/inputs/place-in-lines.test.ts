import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endInLines, placesInLines } from './place-in-lines.ts';

const first = { line: 1, column: 1 };

test('lines end with a line feed, columns are code units, and both count from 1', () => {
  const places = placesInLines('a\r\nb\n\n😀c', first, [8, 0, 3, 1, 99]);
  expect(Object.fromEntries(places)).toEqual({
    0: { line: 1, column: 1 },
    1: { line: 1, column: 2 },
    3: { line: 2, column: 1 },
    8: { line: 4, column: 3 },
    99: { line: 4, column: 4 },
  });
});

test('a byte order mark at the start of the whole counts as nothing, and elsewhere as a character', () => {
  expect(placesInLines('\ufeffa', first, [0, 1]).get(1)).toEqual(first);
  expect(placesInLines('\ufeffa', { line: 2, column: 1 }, [1]).get(1)).toEqual({ line: 2, column: 2 });
});

test('a text that is read in parts has the lines and columns of the whole, wherever it is cut', () => {
  const text = fc
    .array(fc.constantFrom('a', '\n', '\r\n', '😀', '\ufeff'), { maxLength: 30 })
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, fc.nat(40), fc.nat(40), (whole, cut, offset) => {
      fc.pre(cut > 0 && cut <= whole.length && offset >= cut && offset <= whole.length);
      const from = endInLines(whole.slice(0, cut), first);
      // Of the mark alone nothing is left to tell that the whole has begun.
      fc.pre(!(from.line === 1 && from.column === 1));
      const there = placesInLines(whole.slice(cut), from, [offset - cut]).get(offset - cut);
      expect(there).toEqual(placesInLines(whole, first, [offset]).get(offset));
    }),
  );
});
