import { expect, test } from 'vitest';
import { editDistance } from './edit-distance.ts';

test.each([
  ['', '', 0],
  ['room', 'room', 0],
  ['', 'exp', 3],
  ['roomName', 'room', 4],
  ['kitten', 'sitting', 3],
])('from %j to %j it takes %d letters', (a, b, count) => {
  expect(editDistance(a, b)).toBe(count);
  expect(editDistance(b, a)).toBe(count);
});
