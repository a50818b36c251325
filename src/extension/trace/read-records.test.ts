import { expect, test } from 'vitest';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { readRecords } from './read-records.ts';

const token = jwt({ sub: 'ada' });
const url = 'https://call.example/standup';
const field = (text: string | number) => `${String(text).length}:${text}`;
const stack = [
  'Error',
  '    at o (<anonymous>:4:79)',
  '    at eval (eval at save (https://call.example/app.js:12:5), <anonymous>:1:14)',
  '    at eval (eval at save (https://call.example/app.js:12:5), <anonymous>:1:78)',
  '    at save (https://call.example/app.js:12:5)',
  '    at async https://call.example/main.js:3:1',
].join('\n');

interface Call {
  which?: number | string;
  at?: number | string;
  stack?: string;
  detail?: string;
  parts?: [string, string][];
}
function callText({
  which = 0,
  at = now * 1000,
  stack: lines = stack,
  detail = 'auth',
  parts = [['localStorage', token]],
}: Call = {}) {
  return [which, at, lines, detail, parts.length, ...parts.flat()].map(field).join('');
}
const read = (text: unknown) => {
  let calls = 0;
  return readRecords(text, url, now + 1, () => `call ${++calls}`);
};
const head = field(0) + field('');

test('a call is read with what it handles, where in the scripts it was made, and when', () => {
  expect(read(head + callText())?.calls).toMatchObject([
    {
      name: 'call 1',
      url,
      startedAt: now,
      initiator: { url: 'https://call.example/app.js', line: 12 },
      messages: [{ text: token, at: now }],
      traced: {
        call: 'localStorage.setItem("auth")',
        parts: ['value'],
        stack: ['at save (https://call.example/app.js:12:5)', 'at async https://call.example/main.js:3:1'],
      },
    },
  ]);
});

test.each([
  [{ which: 0, parts: [['sessionStorage', token]] as [string, string][] }, 'sessionStorage.setItem("auth")'],
  [
    { which: 1, detail: '', parts: [['cookie', `sid=${token}; Path=/`]] as [string, string][] },
    'document.cookie = "sid=…"',
  ],
  [{ which: 2, detail: `/join?t=${token}` }, 'fetch("/join")'],
  [
    { which: 3, detail: '', parts: [['header X-Token', token]] as [string, string][] },
    'XMLHttpRequest.setRequestHeader("X-Token")',
  ],
  [{ which: 4, detail: `wss://call.example/ws?t=${token}` }, 'new WebSocket("wss://call.example/ws")'],
  [{ which: 5, detail: '' }, 'WebSocket.send'],
  [{ which: 6, detail: '*' }, 'window.postMessage to *'],
])('calls are written as a developer would, without tokens in addresses: %#', (call, written) => {
  expect(read(head + callText(call))?.calls[0]?.traced?.call).toBe(written);
});

test('what was left out, and which functions are no longer traced, is told; each once', () => {
  expect(read(field(7) + field('0060'))).toEqual({ calls: [], missed: 7, ended: ['setItem', 'window.postMessage'] });
});

test.each([
  null,
  undefined,
  7,
  {},
  [],
  'gone',
  'idle',
  '',
  '9:x',
  '1:x0:',
  `${field(0)}${field('x')}`,
  '-1:0:',
  '99999999999:x',
])('what is no such text is not read: %j', (text) => {
  expect(read(text)).toBeNull();
});

test.each([
  callText().slice(0, -1),
  callText({ which: 9 }),
  callText({ which: '__proto__' }),
  callText({ which: '' }),
  '5:x',
  'nonsense',
])('what makes no sense ends the reading, and what came before counts: %#', (rest) => {
  const calls = read(head + callText() + rest)?.calls ?? [];
  expect(calls[0]?.messages).toHaveLength(1);
  expect(calls.slice(1).flatMap(({ messages }) => messages)).toEqual([]);
});

test('a count of parts that lies, and calls without number, are bounded', () => {
  const lying = [0, now * 1000, stack, 'auth', 1e9, 'localStorage', token].map(field).join('');
  expect(read(head + lying)?.calls[0]?.messages).toHaveLength(1);
  expect(read(head + callText().repeat(1000))?.calls).toHaveLength(200);
  const deep = `Error\n${'    at eval (eval at x (https://a.example/a.js:1:1), <anonymous>:1:1)\n'.repeat(5000)}`;
  expect(read(head + callText({ stack: deep }))?.calls[0]?.traced?.stack.length).toBeLessThanOrEqual(20);
  const wide = `Error\n    at ${'x'.repeat(100_000)} (https://a.example/a.js:1:1)`;
  expect(read(head + callText({ stack: wide }))?.calls[0]?.traced?.stack[0]?.length).toBeLessThanOrEqual(300);
});

test.each(['', 'NaN', '1e308', String((now + 500) * 1000), '0', '-5'])('a time that cannot be is now: %s', (at) => {
  expect(read(head + callText({ at }))?.calls[0]?.startedAt).toBe(now + 1);
});

test.each([
  '',
  'Error',
  'Error\n    at native',
  '\n'.repeat(100_000),
  `    at ${'('.repeat(50_000)}`,
  'at x (javascript:1)',
])('a stack that names no script names none: %#', (lines) => {
  expect(read(head + callText({ stack: lines }))?.calls[0]?.initiator).toBeNull();
});
