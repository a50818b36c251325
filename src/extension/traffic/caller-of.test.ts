import { expect, test } from 'vitest';
import { callerOf, isSameCaller } from './caller-of.ts';

const stack = (callFrames: unknown[], more: object = {}) => ({ _initiator: { stack: { callFrames, ...more } } });
const call = { scriptId: '7', url: 'https://call.example/app.js', lineNumber: 12, columnNumber: 5 };

test('two requests of the same calls have the same caller', () => {
  expect(callerOf(stack([call])).scripts).toEqual(['https://call.example/app.js']);
  expect(isSameCaller(callerOf(stack([call])), callerOf(stack([call])))).toBe(true);
  expect(isSameCaller(callerOf(stack([call])), callerOf(stack([{ ...call, lineNumber: 13 }])))).toBe(false);
});

test.each([{ toString: 1 }, null, 7, [], '__proto__'])('what no browser tells of a call (%j) is none', (odd) => {
  const { scripts } = callerOf(
    stack([odd, { url: odd, scriptId: odd, lineNumber: odd }], { parent: odd, parentId: odd }),
  );
  expect(scripts).toEqual(odd === '__proto__' ? ['__proto__'] : []);
  expect(callerOf({ _initiator: odd }).calls).toBe('');
});
