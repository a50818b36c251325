import { expect, test } from 'vitest';
import { createStorage } from '../../test/doubles/fake-browser.ts';
import { parseStore } from './parse-store.ts';
import type { KnownStamps, Place } from './probe.ts';
import { webStorage } from './web-storage.ts';

/** What is kept in a document that has just come. */
const fresh = (): Place =>
  ({ __proto__: null, serial: Math.floor(Math.random() * 2 ** 40), seed: 0 }) as unknown as Place;

/** Runs the probe as a page would: as text. */
function probe(
  entries: Record<string, string> | Map<string, string>,
  {
    stamp = '',
    known = {} as KnownStamps | null,
    maxCharacters = 1e6,
    maxEntries = 1000,
    spoil = '',
    place = fresh(),
  } = {},
) {
  const map = entries instanceof Map ? entries : new Map(Object.entries(entries));
  const run = new Function(
    'window',
    `const { localStorage } = window; ${spoil}; return (${webStorage})('localStorage', ...arguments[1])`,
  ) as (...args: unknown[]) => unknown;
  return parseStore(run({ localStorage: createStorage(map) }, [stamp, known, maxCharacters, maxEntries, place]));
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

/** What one document shows from look to look; each look begins where the one before ended. */
function documentOf(before: Record<string, string>) {
  const place = fresh();
  const first = read(probe(before, { place }));
  const known = Object.fromEntries(first.entries.map(({ key, stamp }) => [`$${key}`, stamp]));
  return {
    known,
    stamp: first.stamp,
    /** Whether anything changed, and then what. */
    look: (entries: Record<string, string>, { spoil = '' } = {}) => {
      const answer = probe(entries, { stamp: first.stamp, known: null, place, spoil });
      if (answer.kind !== 'read') return answer.kind;
      return read(probe(entries, { known, place, spoil })).entries.map(({ key, text }) => [key, text]);
    },
  };
}

test('answers a single character when nothing changed, and else only entries that are new', () => {
  const page = documentOf({ a: '1', b: '2' });
  expect(page.look({ a: '1', b: '2' })).toBe('unchanged');
  expect(documentOf({ a: '1', b: '2' }).look({ a: '1', b: '3' })).toEqual([
    ['a', null],
    ['b', '3'],
  ]);
  expect(documentOf({ a: '1', b: '2' }).look({ a: '1' })).toEqual([['a', null]]);
  expect(documentOf({ a: '1', b: '2' }).look({ b: '1', a: '2' })).toEqual([
    ['b', '1'],
    ['a', '2'],
  ]);
  expect(documentOf({ a: '1', b: '2' }).look({ c: 'more', b: '2', a: '1' })).toEqual([
    ['c', 'more'],
    ['b', null],
    ['a', null],
  ]);
});

test('what comes back as it was before a change is told again', () => {
  const place = fresh();
  const { stamp } = read(probe({ a: '1' }, { place }));
  const changed = read(probe({ a: '2' }, { stamp, known: null, place }));
  expect(changed.stamp).not.toBe(stamp);
  expect(probe({ a: '1' }, { stamp: changed.stamp, known: null, place }).kind).toBe('read');
});

test('another document has nothing in common with what was known of the one before', () => {
  const { stamp, known } = documentOf({ a: '1', b: '2' });
  const place = fresh();
  expect(probe({ a: '1', b: '2' }, { stamp, known: null, place }).kind).toBe('read');
  const { entries } = read(probe({ a: '1', b: '2' }, { known, place }));
  expect(entries.map(({ text }) => text)).toEqual(['1', '2']);
});

/** Two texts of one length for which sums of powers of any number come to the same: Thue and Morse’s word, and its opposite. */
function thueMorse(length: number): [string, string] {
  const ones = (index: number) => index.toString(2).replaceAll('0', '').length % 2;
  const word = Array.from({ length }, (_, index) => ones(index));
  return [word.map((one) => 'ab'[one]).join(''), word.map((one) => 'ba'[one]).join('')];
}

const long = 'x'.repeat(300_000);
test.each<[string, string, string]>([
  ['in one character of many', `${long}A${long}`, `${long}B${long}`],
  ['between two places of any stride', `${'x'.repeat(8193)}A${long}`, `${'x'.repeat(8193)}B${long}`],
  ['in characters that are no ASCII', `${long}é${long}`, `${long}è${long}`],
  ['in two characters that a sum would take for each other', `${long}Ab${long}`, `${long}BC${long}`],
  ['in texts that were made to come to the same sum', ...thueMorse(1 << 12)],
  ['in a control character', 'a\u0000b', 'a\u0001b'],
  ['in half a character', '\ud800', '\ud801'],
])('a value that differs %s is noticed at the next look', (_, before, after) => {
  expect(documentOf({ a: before, b: 'same' }).look({ a: after, b: 'same' })).toEqual([
    ['a', after],
    ['b', null],
  ]);
  expect(documentOf({ a: before }).look({ a: before })).toBe('unchanged');
});

test('a name that changes, and two values that change places, are noticed', () => {
  expect(documentOf({ 'one key': 'same' }).look({ 'two key': 'same' })).toEqual([['two key', 'same']]);
  expect(documentOf({ a: 'one', b: 'two' }).look({ a: 'two', b: 'one' })).toHaveLength(2);
});

test('of many entries every look compares all, and one in eight reads them in the second way, too', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`key ${index}`, `text ${index}`]));
  expect(documentOf(many).look({ ...many, 'key 299': 'other' })).toContainEqual(['key 299', 'other']);
  const spoil =
    'const own = Object.getPrototypeOf(localStorage); const { getItem } = own; own.getItem = function (key) { return key === "key 7" ? "text 7" : getItem.call(this, key) }';
  const page = documentOf(many);
  const changed = { ...many, 'key 7': 'secret' };
  const looks = Array.from({ length: 8 }, () => page.look(changed, { spoil }));
  expect(looks.filter((look) => look === 'unchanged').length).toBeGreaterThan(4);
  expect(looks.flat()).toContainEqual(['key 7', 'secret']);
});

test('what reads otherwise in a second way is no news while it is the same', () => {
  const spoil = 'const own = Object.getPrototypeOf(localStorage); own.getItem = () => "nothing"';
  const place = fresh();
  const first = read(probe({ secret: 'a token' }, { spoil, place }));
  expect(first).toMatchObject({ isTampered: true });
  expect(probe({ secret: 'a token' }, { spoil, place, stamp: first.stamp, known: null }).kind).toBe('unchanged');
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
    `const window = { get localStorage() { throw new Error('refused') } }; return (${webStorage})('localStorage', '', {}, 10, 10)`,
  ) as () => unknown;
  expect(parseStore(run())).toEqual({ kind: 'refused' });
});

test('an answer that was tampered with ends the list instead of throwing', () => {
  for (const answer of ['stamp\nv 1 5', 'stamp\nv x y z\n', 'stamp\nv 1 99999999999 9\nabc', '', 'no line', 'x\n\n\n'])
    expect(() => parseStore(answer)).not.toThrow();
  for (const answer of [null, undefined, 7, {}, []]) expect(parseStore(answer)).toEqual({ kind: 'refused' });
});
