import { expect, test } from 'vitest';
import { groupDigits } from './group-digits.ts';

test.each([
  0,
  -0,
  7,
  999,
  1000,
  -1000,
  -999,
  12_345,
  100_000,
  -1_234_567,
  Number.MAX_SAFE_INTEGER,
  1.5,
  1e21,
  1e300,
  Number.NaN,
  Infinity,
])('%s is written as the browser writes it', (count) => {
  expect(groupDigits(count)).toBe(count.toLocaleString('en').replace(/^-0$/, '0'));
});
