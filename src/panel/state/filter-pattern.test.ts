import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPattern } from './filter-pattern.ts';

const matches = (source: string, text: string): boolean => {
  const { test: pattern, problem } = readPattern(source);
  if (!pattern) throw new Error(problem);
  return pattern(text);
};

test.each<[source: string, matching: string[], other: string[]]>([
  ['room-\\d+', ['room-12', 'my ROOM-1'], ['room-', 'room12']],
  ['^daily$', ['daily', 'Daily'], ['daily ', 'my daily']],
  ['a|b|^c', ['xa', 'b', 'cx'], ['xc', '']],
  ['(?:ab)+c', ['ababc'], ['ac']],
  ['(?<name>x)y', ['xy'], ['x']],
  ['x{2,3}y', ['xxy', 'xxxxy'], ['xy']],
  ['x{2}$', ['xx'], ['x']],
  ['a{,2}', ['a{,2}'], ['aa']],
  ['[a-c\\d_-]{4}', ['b7_-'], ['b7_']],
  ['[^a]b', ['xb'], ['ab', 'b']],
  ['[]x]', [], ['x]', ']']],
  ['\\bhost\\b', ['a host.', 'host'], ['hosted', 'ghost']],
  ['\\Bost', ['host'], ['ost']],
  ['a.c', ['abc'], ['a\nc', 'ac']],
  ['a\\.c', ['a.c'], ['abc']],
  ['\\x41\\u0042\\u{43}', ['abc'], ['ab']],
  ['\\w\\W\\s\\S', ['a! b'], ['ab!!']],
  ['é.ß', ['É1ß'], ['e1s']],
  ['😀+', ['😀'], ['😁']],
  ['', ['', 'anything'], []],
  ['(a*)*b', ['aab', 'b'], ['a']],
  ['(|a)+$', ['', 'aa'], []],
])('/%s/ matches what it says', (source, matching, other) => {
  for (const text of matching) expect([text, matches(source, text)]).toEqual([text, true]);
  for (const text of other) expect([text, matches(source, text)]).toEqual([text, false]);
});

test.each([
  ['(', 'a group is not closed'],
  ['a)', 'a group is closed that was not opened'],
  ['[a', 'a set of characters is not closed'],
  ['[b-a]', 'a range of characters ends before it begins'],
  ['*a', 'there is nothing to repeat'],
  ['^+', 'there is nothing to repeat'],
  ['a{3,2}', 'a repetition ends before it begins'],
  ['a\\', 'it ends too early'],
  ['(a)\\1', 'what a group matched cannot be asked for again'],
  ['(?=a)', 'looking ahead or back is not supported'],
  ['(?<!a)b', 'looking ahead or back is not supported'],
  ['(a{50}){50}', 'it has too many parts'],
  ['('.repeat(100), 'its groups are nested too deeply'],
  ['a'.repeat(501), 'it is longer than 500 characters'],
  ['\\u{ffffff}', 'it cannot be read'],
])('%s is no expression, and why', (source, problem) => {
  expect(readPattern(source)).toEqual({ test: null, problem });
});

const letter = fc.constantFrom('a', 'b', 'C', '1', '-', '_', ' ', 'é');
const piece = fc.oneof(
  { weight: 6, arbitrary: letter },
  fc.constantFrom('.', '\\d', '\\w', '\\S', '[ab]', '[^a1]', '[a-c]', '(?:a|b1)', '(a|)', '(?:ab)', '^', '$', '\\b'),
);
const repeated = fc
  .tuple(piece, fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,3}', '{0,}', '*?'))
  .map(([one, times]) => (/^[\^$]|\\b$/.test(one) ? one : `${one}${times}`));
const source = fc
  .array(repeated, { maxLength: 6 })
  .chain((first) =>
    fc
      .array(repeated, { maxLength: 4 })
      .map((second) => `${first.join('')}${second.length > 0 ? `|${second.join('')}` : ''}`),
  );

test('whatever is written, the browser’s own engine says the same', () => {
  fc.assert(
    fc.property(source, fc.array(letter, { maxLength: 12 }), (written, characters) => {
      const text = characters.join('');
      expect([written, text, matches(written, text)]).toEqual([written, text, new RegExp(written, 'i').test(text)]);
    }),
    { numRuns: 3000, seed: 20_261_127 },
  );
});

test('whatever is written, reading it never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'binary' }), (written, text) => {
      const { test: pattern } = readPattern(written, 10_000);
      expect(typeof (pattern?.(text) ?? true)).toBe('boolean');
    }),
    { seed: 20_261_127 },
  );
});

test.each(['(a+)+$', '(a|a)*$', '(a|aa)+$', '(.*)*x', 'a*a*a*a*a*a*b', '(\\w+\\s?)+!$', '(x+x+)+y', '([a-z]+)*[0-9]'])(
  '/%s/, which takes other engines for ever, takes steps in proportion to the text',
  (hostile) => {
    const stepsOf = (length: number) => {
      // The fewest of the powers of two with which the text is read to its end.
      for (let steps = 64; ; steps *= 2) {
        const { test: pattern } = readPattern(hostile, steps);
        pattern?.(`${'a'.repeat(length)}\u0000`);
        if (!pattern?.isSpent()) return steps;
      }
    };
    expect(stepsOf(2000)).toBeLessThanOrEqual(16 * stepsOf(250));
  },
);

test('one that has used up its steps matches nothing more, and says so', () => {
  const { test: pattern } = readPattern('(a|b)+c', 100);
  expect(pattern?.('abc')).toBe(true);
  expect(pattern?.isSpent()).toBe(false);
  expect(pattern?.('ab'.repeat(200))).toBe(false);
  expect(pattern?.isSpent()).toBe(true);
  expect(pattern?.('abc')).toBe(false);
});
