import { expect, test } from 'vitest';
import { repeatWords } from './repeat-words.ts';

test.each([
  [4997, 0, 7, 'and 4,997 more times, last at 7'],
  [4997, 12, 7, 'and 4,997 more times, 12 of them at other addresses, last at 7'],
  [4997, 4997, null, 'and 4,997 more times at other addresses'],
  [1, 0, 7, 'and once more, at 7'],
  [1, 1, null, 'and once more at another address'],
])('%i repeats, %i of them elsewhere, the last at %o, are told as "%s"', (count, elsewhere, lastAt, words) => {
  expect(repeatWords({ count, elsewhere, lastAt }, String)).toBe(words);
});
