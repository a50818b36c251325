import { expect, test } from 'vitest';
import { Area } from './area.ts';

test('an entry whose name may hold a token is kept, whatever its value', () => {
  const area = new Area();
  const entry = (key: string) => ({ key, text: 'x', stamp: 1, isCut: false });
  area.learn({
    kind: 'read',
    stamp: 'one',
    entries: [entry('a'), entry('b'.repeat(60))],
    missed: 0,
    isTampered: false,
  });
  expect(area.entries().map(({ key }) => key)).toEqual(['b'.repeat(60)]);
});

test('of values that were left out the first are named, and the others counted', () => {
  const area = new Area();
  const entries = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, text: '', stamp: 1, isCut: true }));
  area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false });
  const problems = area.problems('localStorage of https://call.example');
  expect(problems).toHaveLength(20);
  expect(problems.at(-1)).toMatchObject({ code: 'values-too-long', message: expect.stringMatching(/^31 more values/) });
});
