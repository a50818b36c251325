import { expect, test } from 'vitest';
import { isLate, slowestOf, table } from './slowest-ways.ts';

const quick = slowestOf('Twilio', [
  { way: 'response-body', delay: 400 },
  { way: 'message', delay: 3000 },
]);
const late = slowestOf('Daily, in a frame', [{ way: 'frame-url', delay: 3001 }]);

test('each client has a line with the way that was listed last', () => {
  expect(table([quick]).split(/ {2,}/)).toEqual(['Twilio', '2 ways', '3.00 s', 'message']);
});

test('what was listed later than three seconds after it had gone is marked', () => {
  expect([quick, late].map(isLate)).toEqual([false, true]);
  expect(table([quick, late]).split('\n')[1]).toMatch(/^Daily, in a frame .*3\.00 s {2}over 3 s {2}frame-url$/);
});
