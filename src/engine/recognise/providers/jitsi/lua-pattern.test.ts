import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countQuantifiers, foreignIn, luaMatch } from './lua-pattern.ts';

const found = (pattern: string, text: string) => {
  const answer = luaMatch(pattern, text);
  return 'found' in answer ? answer.found : 'refused';
};

// What Lua 5.4 prints for `string.match(text, pattern)`.
test.each([
  ['planning%-%d+', 'planning-12', 'planning-12'],
  ['planning%-%d', 'planning-12', 'planning-1'],
  ['room%-%d', 'my-room-1-private', 'room-1'],
  ['^(room)%-%d+$', 'room-123', 'room'],
  ['(planning)', 'planning', 'planning'],
  ['^team%-[a-z]+$', 'my-team-blue', null],
  ['plan.*', 'planning', 'planning'],
  ['plan.-', 'planning', 'plan'],
  ['plan.-$', 'planning', 'planning'],
  ['[%a%-]-x', 'a-bx', 'a-bx'],
  ['^[]x]+$', ']x]', ']x]'],
  ['^[a%W]$', '-', '-'],
  ['^(a)*$', 'a*', 'a'],
  ['a.b', 'a\nb', 'a\nb'],
  ['^%u', 'room', null],
  ['$', 'anything', ''],
  ['a$b', 'a$b', 'a$b'],
  ['', 'anything', ''],
  ['()b', 'ab', '2'],
  ['%b()', 'f(a(b)c)d', '(a(b)c)'],
  ['%f[%w]%w+', '-word-', 'word'],
  ['(.)%1', 'abccd', 'c'],
  ['((a)b)', 'ab', 'ab'],
  ['[a-]+', 'a-a', 'a-a'],
  ['[^%d]+', '12ab', 'ab'],
  ['room-%d+', 'room-12', null],
  ['x*', 'aaa', ''],
  ['a?a?a?aaa', 'aaa', 'aaa'],
  ['^-', 'a-b', null],
])('%s in %j matches %j', (pattern, text, expected) => {
  expect(found(pattern, text)).toBe(expected);
});

test.each(['%b(', '%f', '(a', 'a)', '%1', '(a%1)', '[a', '%', '[%', '[]'])('%s is refused', (pattern) => {
  expect(found(pattern, 'room')).toBe('refused');
});

test.each(['\\d+', 'a|b', '(?:a)', 'a{2,3}'])('%s is of another language', (pattern) => {
  expect(foreignIn(pattern)).not.toBeNull();
});

test.each([
  ['planning%-%d+', 1],
  ['a*b*c*d*', 4],
  ['[*+?-]', 0],
  ['%*%+%?%-', 0],
  ['[%]*]+', 1],
])('%s has %i quantifiers', (pattern, count) => {
  expect(countQuantifiers(pattern)).toBe(count);
});

test('any pattern and text: an answer, never an exception', () => {
  const piece = fc.constantFrom(
    ...[
      '%',
      '[',
      ']',
      '^',
      '$',
      '-',
      '*',
      '+',
      '?',
      '.',
      '(',
      ')',
      'a',
      'Z',
      '%a',
      '%W',
      '%1',
      '%b',
      '%f',
      '\ud800',
      'é',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), fc.string({ maxLength: 40 }), (pieces, text) => {
      const answer = luaMatch(pieces.join(''), text);
      expect('found' in answer ? typeof (answer.found ?? '') : answer.problem).toMatch(/string|it |a |`/);
    }),
    { seed: 20_261_126, numRuns: 5000 },
  );
});

test.each([
  ['a*a*a*b', 'a'],
  ['.-.-.-x', 'a'],
  ['^.*.*.*b$', 'a'],
  ['[^b]*[^b]+[^b]-b', 'a'],
  ['(.*)(.*)(.*)%1%2%3x', 'a'],
  ['%f[a]'.repeat(200), 'a'],
])('%.20s over a long name is answered', (pattern, piece) => {
  expect(found(pattern, piece.repeat(256))).not.toBe('a');
});

test('it finds what a backtracking matcher finds', () => {
  const piece = fc.constantFrom(
    'a',
    'b',
    '.',
    '%a',
    '[ab]',
    '[^a]',
    'a*',
    'b+',
    '.-',
    'a?',
    '%u',
    '$',
    '(a*)',
    '(.-b)',
  );
  const source: Record<string, string> = { '%a': '[A-Za-z]', '%u': '[A-Z]', '.-': '.*?', '(.-b)': '(.*?b)' };
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(piece, { maxLength: 6 }),
      fc.boolean(),
      fc.stringMatching(/^[abA]{0,8}$/),
      (start, pieces, end, text) => {
        const pattern = `${start ? '^' : ''}${pieces.join('')}${end ? '$' : ''}`;
        const last = !end && pieces.at(-1) === '$';
        const middle = (last ? pieces.slice(0, -1) : pieces).map((one) => source[one] ?? (one === '$' ? '\\$' : one));
        const match = new RegExp(`${start ? '^' : ''}${middle.join('')}${end || last ? '$' : ''}`, 's').exec(text);
        expect([pattern, text, found(pattern, text)]).toEqual([pattern, text, match ? (match[1] ?? match[0]) : null]);
      },
    ),
    { seed: 20_261_126, numRuns: 3000 },
  );
});
