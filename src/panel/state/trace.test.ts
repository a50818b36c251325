import { expect, test } from 'vitest';
import type { TraceState } from '../host.ts';
import { createTrace } from './trace.ts';

const fine: TraceState = { documents: 1, unreached: 0, hidden: 0, taken: 0, ended: [], missed: 0, isIdle: false };
function tracing() {
  const asked: boolean[] = [];
  return { asked, ...createTrace({ trace: (isOn) => asked.push(isOn) }) };
}

test('it is off until it is switched on, and the surroundings are told of both', () => {
  const { asked, isOn, set } = tracing();
  expect([isOn.value, asked]).toEqual([false, []]);
  set(true);
  set(false);
  expect(asked).toEqual([true, false]);
});

test('where the browser has no way to, it is not possible', () => {
  expect(createTrace({}).isPossible).toBe(false);
  expect(tracing().isPossible).toBe(true);
});

test('a trace that goes well has nothing to say', () => {
  const { set, hear, problems } = tracing();
  set(true);
  hear(fine);
  expect(problems.value).toEqual([]);
});

test.each([
  [{ ended: ['setItem'] }, 'more than 20 times a second, so no longer traced until the page is loaded again: setItem'],
  [{ taken: 1 }, 'A document took away what the trace needs'],
  [{ hidden: 2 }, '2 documents cannot be traced'],
  [{ missed: 3 }, '3 calls were too many at once'],
  [{ unreached: 1 }, '1 frame is not traced'],
  [{ isIdle: true }, '“Deactivate breakpoints” is on'],
])('where less is traced than could be, that is said: %j', (told, sentence) => {
  const { set, hear, problems } = tracing();
  set(true);
  hear({ ...fine, ...told });
  expect(problems.value).toEqual([{ code: 'trace-incomplete', message: expect.stringContaining(sentence) }]);
  set(false);
  expect(problems.value).toEqual([]);
});

test('a trace that could not begin is said not to have, and news that come after the end count no more', () => {
  const { set, hear, problems, state } = tracing();
  set(true);
  hear(null);
  expect(problems.value[0]?.message).toContain('could not begin');
  set(false);
  hear(fine);
  expect(state.value).toBeNull();
});
