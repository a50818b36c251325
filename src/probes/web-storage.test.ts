import { expect, test } from 'vitest';
import { createStorage } from '../../test/doubles/fake-browser.ts';
import { parseStore } from './parse-store.ts';
import type { KnownStamps } from './probe.ts';
import { webStorage } from './web-storage.ts';

/** Runs the probe as a page would: as text. */
function probe(
  entries: Record<string, string> | Map<string, string>,
  {
    stamp = '',
    known = {} as KnownStamps | null,
    maxCharacters = 1e6,
    maxEntries = 1000,
    spoil = '',
    checked = {} as KnownStamps,
  } = {},
) {
  const map = entries instanceof Map ? entries : new Map(Object.entries(entries));
  const run = new Function(
    'localStorage',
    'document',
    `${spoil}; return (${webStorage})('localStorage', ...arguments[2])`,
  ) as (...args: unknown[]) => unknown;
  return parseStore(run(createStorage(map), {}, [stamp, known, maxCharacters, maxEntries, checked]));
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

/** Text by key, as a look that finds nothing changed would have it. */
function stampsOf(entries: Record<string, string>): { stamp: string; known: KnownStamps } {
  const { stamp, entries: found } = read(probe(entries));
  return { stamp, known: Object.fromEntries(found.map(({ key, stamp: own }) => [`$${key}`, own])) };
}

test.each([
  ['is all of the text', (signature: string) => signature],
  ['ends the text', (signature: string) => `${'x'.repeat(200_000)}${signature}`],
  ['is followed by what ends a JSON text', (signature: string) => `{"a":{"b":["${'x'.repeat(9000)}${signature}"]}}`],
])('a glance notices a re-issued token that %s', (_, value) => {
  const { stamp } = stampsOf({ a: value('A'.repeat(43)) });
  expect(probe({ a: value('B'.repeat(43)) }, { stamp, known: null }).kind).toBe('read');
});

test('a re-issued token deep inside a long value is noticed when the value is checked', () => {
  const value = (signature: string) => `${'x'.repeat(210_000)}${signature}${'y'.repeat(50_000)}`;
  const { stamp, known } = stampsOf({ a: value('A'.repeat(43)), b: 'same' });
  const changed = { a: value('B'.repeat(43)), b: 'same' };
  expect(probe(changed, { stamp, known: null, checked: { $b: known.$b as number } }).kind).toBe('unchanged');
  expect(probe(changed, { stamp, known: null, checked: known }).kind).toBe('read');
});

test('an entry that is checked and has another name now is noticed', () => {
  const { stamp, known } = stampsOf({ 'one key': 'same' });
  expect(probe({ 'two key': 'same' }, { stamp, known: null }).kind).toBe('unchanged');
  expect(probe({ 'two key': 'same' }, { stamp, known: null, checked: known }).kind).toBe('read');
});

test('an entry that is checked and unchanged is no news', () => {
  const { stamp, known } = stampsOf({ a: 'same', b: 'x'.repeat(1000), __proto__x: '' });
  expect(probe({ a: 'same', b: 'x'.repeat(1000), __proto__x: '' }, { stamp, known: null, checked: known })).toEqual({
    kind: 'unchanged',
  });
});

test('of many entries a glance reads each once, and a check reads them in the second way, too', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key ${index}`, `text ${index}`]));
  const { stamp, known } = stampsOf(many);
  const spoil =
    'const own = Object.getPrototypeOf(localStorage); const { getItem } = own; own.getItem = function (key) { return key === "key 7" ? "text 7" : getItem.call(this, key) }';
  const changed = { ...many, 'key 7': 'secret' };
  expect(probe(changed, { stamp, known: null, spoil }).kind).toBe('unchanged');
  const checked = { '$key 1': known['$key 1'] as number };
  expect(probe(changed, { stamp, known: null, spoil, checked })).toMatchObject({ kind: 'read', isTampered: true });
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
    `const document = {}; return (${webStorage})('localStorage', '', {}, 10, 10, {})`,
  ) as () => unknown;
  expect(parseStore(run())).toEqual({ kind: 'refused' });
});

test('an answer that was tampered with ends the list instead of throwing', () => {
  for (const answer of ['stamp\nv 1 5', 'stamp\nv x y z\n', 'stamp\nv 1 99999999999 9\nabc', '', 'no line', 'x\n\n\n'])
    expect(() => parseStore(answer)).not.toThrow();
  for (const answer of [null, undefined, 7, {}, []]) expect(parseStore(answer)).toEqual({ kind: 'refused' });
});
