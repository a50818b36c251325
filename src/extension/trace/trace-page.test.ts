import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeBrowser } from '../../../test/doubles/fake-browser.ts';
import type { TraceState } from '../../panel/host.ts';
import type { Evaluation } from '../browsers/browser.ts';
import { tracePage } from './trace-page.ts';

const url = 'https://call.example/';
const field = (text: string | number) => `${String(text).length}:${text}`;
const nothing = field(0) + field('');
const call = [0, 1000, '', 'auth', 1, 'localStorage', 'text'].map(field).join('');

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A trace whose documents answer what the test says, by what is asked of them. */
function tracing(answer: (what: 'install' | 'collect' | 'end', at: string | undefined) => unknown) {
  const browser = createFakeBrowser(url);
  const asked: [what: string, at: string | undefined][] = [];
  browser.evaluate = async (code, at): Promise<Evaluation> => {
    const what = !code.startsWith('(function collectTrace') ? 'install' : /",-2,/.test(code) ? 'end' : 'collect';
    asked.push([what, at]);
    return { ok: true, value: answer(what, at) };
  };
  const told: string[] = [];
  const states: TraceState[] = [];
  let calls = 0;
  const stop = tracePage(browser, {
    clock: () => Date.now(),
    nameCall: () => `call ${++calls}`,
    tell: (exchanges) => told.push(...exchanges.map(({ name }) => name)),
    onState: (state) => states.push(state),
  });
  return { browser, asked, told, states, stop };
}
const count = (asked: [string, unknown][], what: string) => asked.filter(([one]) => one === what).length;
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test('a document is traced once, and what it noted is collected at most twice a second', async () => {
  const { asked, told, states } = tracing((what) => (what === 'install' ? 'installed' : nothing + call));
  await pass(3000);
  expect(count(asked, 'install')).toBe(1);
  expect(count(asked, 'collect')).toBeGreaterThan(4);
  expect(count(asked, 'collect')).toBeLessThanOrEqual(7);
  expect(told.slice(0, 2)).toEqual(['call 1', 'call 2']);
  expect(states).toMatchObject([{ documents: 1, ended: [], missed: 0, taken: 0 }]);
});

test('a page that changes its address all the time is collected from no more often', async () => {
  const { browser, asked } = tracing((what) => (what === 'install' ? 'installed' : nothing));
  for (let i = 0; i < 100; i += 1) {
    browser.happen('page');
    await pass(20);
  }
  expect(count(asked, 'install')).toBe(1);
  expect(count(asked, 'collect')).toBeLessThanOrEqual(5);
});

test('another document is traced anew, and so is each frame with an address of its own', async () => {
  const { browser, asked, states } = tracing((what) => (what === 'install' ? 'installed' : nothing));
  await pass(100);
  const frame = { parentId: 0, documentId: 'F', isError: false };
  browser.frames = [
    { id: 0, parentId: -1, url, documentId: 'B', isError: false },
    { ...frame, id: 1, url: 'https://meet.example/a' },
    { ...frame, id: 2, url: 'https://meet.example/a' },
    { ...frame, id: 3, url: 'about:blank' },
  ];
  browser.happen('page');
  await pass(100);
  expect(asked.filter(([what]) => what === 'install').map(([, at]) => at)).toEqual([
    undefined,
    undefined,
    'https://meet.example/a',
  ]);
  expect(states.at(-1)).toMatchObject({ documents: 2, unreached: 2 });
});

test.each(['gone', '', 'nonsense', 'x'.repeat(3_000_000), 7, null, {}])(
  'a page that answers something else is given up and said to have taken the trace away: %#',
  async (answer) => {
    const { asked, states } = tracing((what) => (what === 'install' ? 'installed' : answer));
    await pass(10_000);
    expect(states.at(-1)).toMatchObject({ documents: 0, taken: 1 });
    expect(count(asked, 'collect')).toBe(3);
    expect(count(asked, 'install')).toBe(1);
  },
);

test('a page whose variable comes in front of the console’s function after the trace is said to have one', async () => {
  const { asked, states } = tracing((what) => (what === 'install' ? 'installed' : 'hidden'));
  await pass(10_000);
  expect(states.at(-1)).toMatchObject({ documents: 0, hidden: 1, taken: 0 });
  expect(count(asked, 'collect')).toBe(3);
});

test('where breakpoints are switched off, it is said so until they are on again', async () => {
  let answer = 'idle';
  const { states } = tracing((what) => (what === 'install' ? 'installed' : answer));
  await pass(100);
  expect(states.at(-1)).toMatchObject({ isIdle: true, taken: 0 });
  answer = nothing;
  await pass(1000);
  expect(states.at(-1)).toMatchObject({ isIdle: false, documents: 1 });
});

test('at the end each document is told to take the trace away, and nothing is asked after that', async () => {
  const { asked, told, stop } = tracing((what) =>
    what === 'install' ? 'installed' : what === 'end' ? nothing + call : nothing,
  );
  await pass(100);
  stop();
  await pass(5000);
  expect(asked.at(-1)?.[0]).toBe('end');
  expect(count(asked, 'end')).toBe(1);
  expect(told).toEqual(['call 1']);
});
