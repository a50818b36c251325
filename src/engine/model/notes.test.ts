import { expect, test } from 'vitest';
import { isNote, logNotPreserved } from './notes.ts';

test('what holds of every page that navigates is a note, and what was not read is a problem', () => {
  expect(isNote({ code: logNotPreserved })).toBe(true);
  for (const code of ['traffic-unread', 'frame-unreadable', 'unit-failed', '', 'constructor', '__proto__'])
    expect(isNote({ code })).toBe(false);
});
