import { expect, test } from 'vitest';
import { createStorage } from '../../../../test/doubles/fake-browser.ts';
import { parseStore } from '../parse-store.ts';
import type { KnownStamps } from './probe.ts';
import { webStorage } from './web-storage.ts';

/** Runs the probe as a page would: as text. */
function probe(
  entries: Record<string, string> | Map<string, string>,
  { stamp = '', known = {} as KnownStamps | null, maxCharacters = 1e6, maxEntries = 1000, spoil = '' } = {},
) {
  const map = entries instanceof Map ? entries : new Map(Object.entries(entries));
  const run = new Function(
    'localStorage',
    'document',
    `${spoil}; return (${webStorage})('localStorage', ...arguments[2])`,
  ) as (...args: unknown[]) => unknown;
  return parseStore(run(createStorage(map), {}, [stamp, known, maxCharacters, maxEntries]));
}

function read(result: ReturnType<typeof parseStore>) {
  if (result.kind !== 'read') throw new Error(`was ${result.kind}`);
  return result;
}

test('reads keys and values whatever they are called or contain', () => {
  const entries = new Map([
    ['length', 'one'],
    ['getItem', 'two\nv 1 2 3\n'],
    ['__proto__', 'three'],
    ['', '\ud800 lone'],
    ['constructor', ''],
  ]);
  const { entries: found, isTampered } = read(probe(entries));
  expect(found.map(({ key, text }) => [key, text])).toEqual([...entries]);
  expect(isTampered).toBe(false);
});

test('answers a single character when nothing changed', () => {
  const { stamp } = read(probe({ a: '1', b: '2' }));
  expect(probe({ a: '1', b: '2' }, { stamp })).toEqual({ kind: 'unchanged' });
  expect(probe({ a: '1', b: '3' }, { stamp }).kind).toBe('read');
  expect(probe({ a: '1' }, { stamp }).kind).toBe('read');
  expect(probe({ b: '1', a: '2' }, { stamp }).kind).toBe('read');
});

test('hands over only entries that are new', () => {
  const first = read(probe({ a: 'same', b: 'old' }));
  const known = Object.fromEntries(first.entries.map(({ key, stamp }) => [`$${key}`, stamp]));
  const second = read(probe({ a: 'same', b: 'new', c: 'more' }, { known }));
  expect(second.entries.map(({ key, text }) => [key, text])).toEqual([
    ['a', null],
    ['b', 'new'],
    ['c', 'more'],
  ]);
});

test('notices a re-issued token deep inside a long value', () => {
  const value = (signature: string) => `${'x'.repeat(200_000)}${signature}${'y'.repeat(50_000)}`;
  const { stamp } = read(probe({ a: value('A'.repeat(43)) }));
  expect(probe({ a: value('B'.repeat(43)) }, { stamp }).kind).toBe('read');
});

test('says what it left out', () => {
  const result = read(probe({ a: 'x'.repeat(60), b: 'y'.repeat(60), c: 'z' }, { maxCharacters: 100, maxEntries: 2 }));
  expect(result.entries.map(({ key, isCut }) => [key, isCut])).toEqual([
    ['a', false],
    ['b', true],
  ]);
  expect(result.missed).toBe(1);
});

test('a page that replaces the reading functions is told on, and its entries are read all the same', () => {
  const spoil = 'const own = Object.getPrototypeOf(localStorage); own.getItem = () => "nothing"';
  const result = read(probe({ secret: 'a token' }, { spoil }));
  expect(result.isTampered).toBe(true);
  expect(result.entries.map(({ text }) => text)).toContain('a token');
});

test('refused storage is an answer', () => {
  const run = new Function(
    `const document = {}; return (${webStorage})('localStorage', '', {}, 10, 10)`,
  ) as () => unknown;
  expect(parseStore(run())).toEqual({ kind: 'refused' });
});

test('an answer that was tampered with ends the list instead of throwing', () => {
  for (const answer of ['stamp\nv 1 5', 'stamp\nv x y z\n', 'stamp\nv 1 99999999999 9\nabc', '', 'no line', 'x\n\n\n'])
    expect(() => parseStore(answer)).not.toThrow();
  for (const answer of [null, undefined, 7, {}, []]) expect(parseStore(answer)).toEqual({ kind: 'refused' });
});
