import { expect, test } from 'vitest';
import { anyOf, clipName, listed, quote, shown, stated } from './sentence.ts';

test('a value stands in a sentence by what it is, however large', () => {
  for (const words of [quote, shown]) {
    expect([undefined, null, 7, false, 'a "b"', [1], { a: 1 }].map(words)).toEqual([
      ...['absent', 'null', '7', 'false', '"a \\"b\\""', 'a list', 'an object'],
    ]);
  }
});

test('a long text is cut: in a sentence at 60 characters, in a clause with its escapes at 50', () => {
  const long = 'x'.repeat(100);
  expect(quote(long)).toBe(`"${'x'.repeat(59)}…"`);
  expect(shown(long)).toBe(`"${'x'.repeat(46)}…"`);
  expect([quote('x'.repeat(60)), shown('x'.repeat(48))].map((text) => text.length)).toEqual([62, 50]);
  expect(shown('\n'.repeat(100)).length).toBeLessThanOrEqual(50);
});

test('of a name that is cut within what may be a token little is kept', () => {
  expect(clipName(`localStorage["${'T'.repeat(200)}"]`, 80)).toBe(`localStorage["${'T'.repeat(10)}…`);
  expect(clipName(`localStorage["${'name '.repeat(20)}"]`, 30)).toHaveLength(30);
  expect(clipName('T'.repeat(60))).toBe('T'.repeat(60));
});

test('names are listed, and claims stated, as one would say it', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  expect([['a'], ['a', 'b'], ['a', 'b', 'c']].map(anyOf)).toEqual(['a', 'a or b', 'a, b or c']);
  expect([stated({ room: 7 }, 'room'), stated(null, 'room')]).toEqual(['`room` is 7', '`room` is absent']);
});
