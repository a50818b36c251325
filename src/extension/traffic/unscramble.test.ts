import { expect, test } from 'vitest';
import { unscramble } from './unscramble.ts';

const text = '{"token":"a-text-that-may-hold-a-token"}';
const read = (as: string) => new TextDecoder(as).decode(new TextEncoder().encode(text));

test.each([
  ['utf-16le', 'text/plain; charset=utf-16'],
  ['utf-16le', 'application/json;charset="UTF-16LE"'],
  ['utf-16be', 'text/plain; charset=utf-16be'],
])('what was read as %s though it is UTF-8 is put right', (as, type) => {
  expect(unscramble(read(as), type)).toBe(text);
});

test.each([
  ['what is UTF-16', text, 'text/plain; charset=utf-16'],
  ['Chinese', '会议令牌会议令牌会议令牌', 'text/plain; charset=utf-16'],
  ['what says nothing of UTF-16', read('utf-16le'), 'text/plain'],
  ['what is short', read('utf-16le').slice(0, 5), 'text/plain; charset=utf-16'],
])('%s stays as it is', (_, given, type) => {
  expect(unscramble(given, type)).toBe(given);
});
