import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits, compose, type Edit, inOrder } from './edits.ts';

const edit = fc
  .tuple(fc.nat(30), fc.nat(8), fc.string({ maxLength: 6 }))
  .map(([start, length, text]): Edit => ({ start, end: start + length, text }));

function within(text: string, edits: Edit[]): Edit[] {
  return inOrder(edits.filter(({ end }) => end <= text.length));
}

test('two rounds of edits in one do what they do one after the other', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.array(edit), fc.array(edit), (text, one, other) => {
      const first = within(text, one);
      const between = applyEdits(text, first);
      const second = within(between, other);
      expect(applyEdits(text, compose(text, first, second))).toBe(applyEdits(between, second));
    }),
    { seed: 20_261_126, numRuns: 2000 },
  );
});

test('what no edit touches is no part of the outcome', () => {
  const first = [{ start: 0, end: 2, text: 'AAAA' }];
  const second = [{ start: 8, end: 9, text: 'B' }];
  expect(compose('aabbccdd', first, second)).toEqual([
    { start: 0, end: 2, text: 'AAAA' },
    { start: 6, end: 7, text: 'B' },
  ]);
});

test('of two that overlap the earlier counts', () => {
  expect(
    inOrder([
      { start: 2, end: 4, text: 'x' },
      { start: 0, end: 3, text: 'y' },
    ]),
  ).toEqual([{ start: 0, end: 3, text: 'y' }]);
});
