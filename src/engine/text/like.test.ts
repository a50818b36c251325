import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLike } from './like.ts';

test.each([
  ['room-7', 'room-7', true],
  ['room-7', 'room-*', true],
  ['room-7', '*', true],
  ['', '*', true],
  ['', '', true],
  ['room-7', 'room', false],
  ['room-7', '*room', false],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['a-b-c', 'a*b*c', true],
  ['a-c-b', 'a*b*c', false],
])('%j like %j: %s', (text, pattern, expected) => {
  expect(isLike(text, pattern)).toBe(expected);
});

test('a text is like itself, and as an expression says', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 12 });
  fc.assert(
    fc.property(letters, letters, (text, pattern) => {
      expect(isLike(text, text)).toBe(true);
      expect(isLike(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text));
    }),
  );
});
