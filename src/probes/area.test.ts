import { expect, test } from 'vitest';
import { jwt } from '../../test/builders/tokens.ts';
import { Area } from './area.ts';

test('an entry whose name may hold a token is kept, whatever its value', () => {
  const area = new Area();
  const entry = (key: string) => ({ key, text: 'x', stamp: 1, isCut: false });
  area.learn({
    kind: 'read',
    stamp: 'one',
    entries: [entry('a'), entry('b'.repeat(60))],
    missed: 0,
    isTampered: false,
  });
  expect(area.entries().map(({ key }) => key)).toEqual(['b'.repeat(60)]);
});

test('a name that is no well-formed text is told as the browser tells it to extensions, and keeps its own stamp', () => {
  const area = new Area();
  const entries = ['\ud800', 'b\udc00', '\ud83d\ude00'].map((key, at) => ({
    key,
    text: jwt({ r: `room ${at}` }),
    stamp: at + 1,
    isCut: false,
  }));
  area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false });
  expect(area.entries().map(({ key }) => key)).toEqual(['\ufffd', 'b\ufffd', '\ud83d\ude00']);
  expect(area.knownStamps()).toMatchObject({ '$\ud800': 1, '$b\udc00': 2, '$\ud83d\ude00': 3 });
});

test.each([
  ['without', false],
  ['with', true],
])('a page that has replaced functions is told of, and access advised where it is not granted (%s)', (_, isGranted) => {
  const area = new Area();
  area.learn({ kind: 'read', stamp: 'one', entries: [], missed: 0, isTampered: true });
  const problems = area.problems('history.state of https://call.example', isGranted);
  expect(problems).toMatchObject([{ code: 'storage-tampered' }]);
  expect(/Allow access/.test(problems[0]?.message ?? '')).toBe(!isGranted);
});

test('of values that were left out the first are named, and the others counted', () => {
  const area = new Area();
  const entries = Array.from({ length: 50 }, (_, index) => ({ key: `k${index}`, text: '', stamp: 1, isCut: true }));
  area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false });
  const problems = area.problems('localStorage of https://call.example');
  expect(problems).toHaveLength(20);
  expect(problems.at(-1)).toMatchObject({ code: 'values-too-long', message: expect.stringMatching(/^31 more values/) });
});

test('of entries whose keys read alike each is kept, under a key of its own', () => {
  const entry = (key: string, text: string, stamp: number) => ({ key, text, stamp, isCut: false });
  const text = (end: string) => `a-text-that-may-hold-a-token-${end}`;
  for (const [one, two] of [
    ['\ud800x', '\udc00x'],
    ['\ufffdx', '\ufffdx'],
  ] as const) {
    const area = new Area();
    const entries = [entry(one, text('1'), 1), entry(two, text('2'), 2)];
    area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false });
    expect(area.entries()).toEqual([
      { key: '\ufffdx', text: text('1') },
      { key: '\ufffdx (2)', text: text('2') },
    ]);
  }
});

test('a key that reads like the number of another takes the place of none', () => {
  const area = new Area();
  const keys = ['\ud800x', '\ufffdx (2)', '\udc00x'];
  const entries = keys.map((key, at) => ({ key, text: `token-${at}-${'x'.repeat(40)}`, stamp: at, isCut: false }));
  area.learn({ kind: 'read', stamp: 'one', entries, missed: 0, isTampered: false });
  expect(area.entries().map(({ key }) => key)).toEqual(['\ufffdx', '\ufffdx (2)', '\ufffdx (3)']);
});
