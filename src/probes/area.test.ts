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
