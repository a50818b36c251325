import fc from 'fast-check';
import { expect, test } from 'vitest';
import { luaFinds, luaPatternProblem } from './lua-pattern.ts';

test.each([
  ['standup%-%d+', 'standup-12', true],
  ['standup%-%d+', 'standup-x', false],
  ['^team%-[a-z]+$', 'team-blue', true],
  ['^team%-[a-z]+$', 'my-team-blue', false],
  ['^team%-[^%d_]+$', 'team-b_', false],
  ['[%a%-]-x', 'a-bx', true],
  ['^a.-c$', 'abbbc', true],
  ['^[]x]+$', ']x]', true],
  ['^[a%W]$', '-', true],
  ['^(a)*$', 'a*', true],
  ['a.b', 'a\nb', true],
  ['^%u', 'room', false],
  ['$', 'anything', true],
  ['a$b', 'a$b', true],
  ['', 'anything', true],
])('%s finds itself in %j: %s', (pattern, text, expected) => {
  expect(luaFinds(pattern, text)).toBe(expected);
});

test.each(['%b()', '%f[%w]', '(a)%1', '[a', '%', '[%', 'a|b', '\\d+'])('%s cannot be told', (pattern) => {
  expect(luaFinds(pattern, 'room')).toBeNull();
});

test.each(['standup%-%d+', 'team%-[a-z]+', '^a.*b$', 'plain'])('%s is a fine pattern', (pattern) => {
  expect(luaPatternProblem(pattern)).toBeNull();
});

test.each(['\\d+', 'a|b', '(?:a)', 'a{2,3}', 'a*b*c*d*', 'x'.repeat(129)])('%.10s is none', (pattern) => {
  expect(luaPatternProblem(pattern)).not.toBeNull();
});

test('any pattern and text: an answer or none, never an exception', () => {
  const piece = fc.constantFrom(
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
    '\ud800',
    'é',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.string({ maxLength: 40 }), (pieces, text) => {
      expect([true, false, null]).toContain(luaFinds(pieces.join(''), text));
    }),
    { seed: 20_261_126, numRuns: 5000 },
  );
});

test.each([
  ['a*a*a*b', 'a', false],
  ['.-.-.-x', 'a', false],
  ['^.*.*.*b$', 'a', false],
  ['[^b]*[^b]+[^b]-b', 'a', false],
  ['a-a-a-$', 'a', true],
])('%s over the longest name is answered at once', (pattern, piece, expected) => {
  for (let i = 0; i < 200; i += 1) expect(luaFinds(pattern, piece.repeat(256))).toBe(expected);
});

test('it finds what a backtracking matcher finds', () => {
  const piece = fc.constantFrom('a', 'b', '.', '%a', '[ab]', '[^a]', 'a*', 'b+', '.-', 'a?', '%u', '$');
  const source: Record<string, string> = { '%a': '[A-Za-z]', '%u': '[A-Z]', '.-': '.*?' };
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.array(piece, { maxLength: 6 }),
      fc.boolean(),
      fc.stringMatching(/^[abA]{0,8}$/),
      (start, pieces, end, text) => {
        const pattern = `${start ? '^' : ''}${pieces.join('')}${end ? '$' : ''}`;
        fc.pre(luaPatternProblem(pattern) === null);
        const last = !end && pieces.at(-1) === '$';
        const middle = (last ? pieces.slice(0, -1) : pieces).map((one) => source[one] ?? (one === '$' ? '\\$' : one));
        const expected = new RegExp(`${start ? '^' : ''}${middle.join('')}${end || last ? '$' : ''}`, 's').test(text);
        expect([pattern, text, luaFinds(pattern, text)]).toEqual([pattern, text, expected]);
      },
    ),
    { seed: 20_261_126, numRuns: 3000 },
  );
});
