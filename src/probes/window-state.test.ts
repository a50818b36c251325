import { expect, test } from 'vitest';
import { withGetters } from '../../test/doubles/with-getters.ts';
import { parseStore } from './parse-store.ts';
import type { Place } from './probe.ts';
import { windowState } from './window-state.ts';

interface Frame {
  url?: string;
  origin?: string;
  name?: string;
  state?: unknown;
  frames?: Frame[];
}

/** Windows as browsers nest them; those of other origins (no URL) let nobody look at anything but their frames, nor for one more. */
function windowsOf({ url, origin, name = '', state = null, frames = [] }: Frame, top?: object): object {
  const other = () => {
    throw new Error('SecurityError');
  };
  const window: Record<string, unknown> = { length: frames.length };
  const history = withGetters({ state });
  Object.defineProperty(window, 'top', { value: top ?? window });
  if (url === undefined)
    for (const name of ['name', 'history', 'location']) Object.defineProperty(window, name, { get: other });
  else withGetters({ name, history, location: { href: url, origin: origin ?? new URL(url).origin } }, window);
  frames.forEach((frame, index) => {
    window[index] = windowsOf(frame, top ?? window);
  });
  if (url === undefined) Object.defineProperty(window, frames.length, { get: other });
  return window;
}

/** What is kept in a document that has just come. */
const fresh = () => ({ __proto__: null, serial: 7, seed: 0 }) as unknown as Place;

/** Runs the probe as a page would: as text. */
function probe(
  what: 'window.name' | 'history.state',
  page: Frame,
  {
    stamp = '',
    known = {} as Record<string, number> | null,
    maxCharacters = 1e6,
    maxEntries = 1000,
    spoil = '',
    place = fresh(),
  } = {},
) {
  const run = new Function('window', 'document', `${spoil}; return (${windowState})(...arguments[2])`);
  const document = { location: { origin: 'https://call.example' } };
  return parseStore(run(windowsOf(page), document, [what, stamp, known, maxCharacters, maxEntries, place]));
}

function entries(result: ReturnType<typeof parseStore>) {
  if (result.kind !== 'read') throw new Error(`was ${result.kind}`);
  return result.entries.map(({ key, text }) => [key, text]);
}

const text = 'a-text-that-may-hold-a-token';
const page = 'https://call.example/';

test('the names of windows are read in every frame of the origin, also below others', () => {
  const frames = [{ frames: [{ url: `${page}in`, name: `${text}-2` }] }, { url: `${page}in`, name: `${text}-3` }];
  expect(entries(probe('window.name', { url: page, name: text, frames }))).toEqual([
    [`${page}\n\nwindow.name`, text],
    [`${page}in\n\nwindow.name`, `${text}-2`],
    [`${page}in\n\nwindow.name\n2`, `${text}-3`],
  ]);
});

test.each<[string, unknown, unknown]>([
  [
    'members and lists',
    { auth: { token: text }, list: ['a', text] },
    { auth: { token: text }, list: { 0: 'a', 1: text } },
  ],
  [
    'maps and sets',
    new Map<unknown, unknown>([
      ['token', text],
      [{}, new Set([text])],
    ]),
    { token: text, '{}': { [text]: text } },
  ],
  [
    'errors, patterns and keys that are objects',
    { error: new Error(text), pattern: new RegExp(text), keyed: new Map([[{ at: text }, 1]]) },
    { error: { message: text }, pattern: { source: text }, keyed: { [`{"at":"${text}"}`]: null } },
  ],
  ['what has to be escaped', { 'a"\\\n': `"${text}\\\t\r\u0001` }, { 'a"\\\n': `"${text}\\\t\r ` }],
  ['a text alone', text, text],
  ['what holds no text', { a: 1, b: null, c: true, d: text }, { a: null, b: null, c: null, d: text }],
])('%s in a state are JSON', (_, state, json) => {
  const [[, found] = []] = entries(probe('history.state', { url: page, state }));
  expect(JSON.parse(found as string)).toEqual(json);
});

test('a state in circles, without end or too large ends all the same', () => {
  const circle: Record<string, unknown> = { token: text };
  circle.self = circle;
  const many = Array.from({ length: 50_000 }, () => text);
  for (const state of [circle, many]) {
    const [[, found] = []] = entries(probe('history.state', { url: page, state }));
    expect(() => JSON.parse(found as string)).not.toThrow();
    expect(found).toContain(text);
  }
});

test('answers a single character when nothing changed, and only what is new', () => {
  const place = fresh();
  const before = probe('window.name', { url: page, name: text }, { place });
  if (before.kind !== 'read') throw new Error('not read');
  const known = Object.fromEntries(before.entries.map(({ key, stamp }) => [`$${key}`, stamp]));
  const again = { stamp: before.stamp, known: null, place };
  expect(probe('window.name', { url: page, name: text }, again)).toEqual({ kind: 'unchanged' });
  const frames = [{ url: `${page}in`, name: `${text}-2` }];
  expect(entries(probe('window.name', { url: page, name: text, frames }, { known, place }))).toEqual([
    [`${page}\n\nwindow.name`, null],
    [`${page}in\n\nwindow.name`, `${text}-2`],
  ]);
});

test.each<[string, string, string]>([
  ['in one character of many', `${'x'.repeat(8193)}A`, `${'x'.repeat(8193)}B`],
  ['in characters that are no ASCII', `${text}é`, `${text}è`],
])('a name, and a text in a state, that differ %s are noticed', (_, one, other) => {
  for (const [what, of] of [
    ['window.name', (name: string) => ({ url: page, name })],
    ['history.state', (token: string) => ({ url: page, state: { token } })],
  ] as const) {
    const place = fresh();
    const before = probe(what, of(one), { place });
    if (before.kind !== 'read') throw new Error('not read');
    expect(probe(what, of(other), { stamp: before.stamp, known: null, place }).kind).toBe('read');
    expect(entries(probe(what, of(''), { stamp: before.stamp, place }))).not.toContain(one);
  }
});

test('what exceeds the budget is told', () => {
  const frames = [{ url: `${page}in`, name: `${text}-2` }];
  expect(probe('window.name', { url: page, name: text, frames }, { maxCharacters: 30 })).toMatchObject({
    entries: [{ isCut: false }, { isCut: true }],
  });
  expect(probe('window.name', { url: page, name: text, frames }, { maxEntries: 1 })).toMatchObject({ missed: 1 });
});

test('functions that the page replaced change nothing', () => {
  const spoil = `const JSON = null, Array = null, Object = null, String = (x) => x + '';`;
  const [[, found] = []] = entries(probe('history.state', { url: page, state: { token: text } }, { spoil }));
  expect(found).toBe(JSON.stringify({ token: text }));
});

test('a document of another origin that may be reached is not spoken for', () => {
  const frames = [{ url: 'https://sub.call.example/', name: `${text}-2` }];
  expect(entries(probe('window.name', { url: page, name: text, frames }))).toEqual([[`${page}\n\nwindow.name`, text]]);
});

test('a name that the page answers in the browser’s place is told to be odd', () => {
  const spoil = `Object.defineProperty(window, 'name', { get: () => '${text}-made' }); window.Reflect = Reflect;`;
  expect(probe('window.name', { url: page, name: text }, { spoil })).toMatchObject({ isTampered: true });
  expect(probe('window.name', { url: page, name: text })).toMatchObject({ isTampered: false });
});

test('a window without a name, and one without a state, has nothing to tell', () => {
  expect(entries(probe('window.name', { url: page }))).toEqual([]);
  expect(entries(probe('history.state', { url: page }))).toEqual([]);
});

test('where there are more windows than are looked at, that is said', () => {
  const frames = (count: number) => Array.from({ length: count }, () => ({ url: 'https://call.example/', name: 'x' }));
  const missedOf = (count: number) => probe('window.name', { url: 'https://call.example/', frames: frames(count) });
  expect(missedOf(1999)).toMatchObject({ missed: 0 });
  expect(missedOf(2500)).toMatchObject({ missed: 1 });
});

test('a text as an object, and a list of signs, are one text', () => {
  const state = { boxed: new String(text), list: [...text], short: ['a', 'b'] };
  const [[, read]] = entries(probe('history.state', { url: page, state })) as [[string, string]];
  expect(read).toBe(`{"boxed":"${text}","list":"${text}","short":{"0":"a","1":"b"}}`);
});

test.each<[string, () => unknown]>([
  ['bytes', () => new Uint8Array(20)],
  ['a file', () => new Blob([text])],
  ['a list without end', () => Object.assign([], { length: 4e9 })],
])('of %s in a state it is said that not all was read, and what lies beside is read', (_, make) => {
  const read = probe('history.state', { url: page, state: { token: text, other: make() } });
  expect(read).toMatchObject({ missed: 1 });
  expect(entries(read)[0]?.[1]).toContain(text);
});

test('the cause of an error, members of a list and keys that become no text are read', () => {
  const keyed = new Map<unknown, unknown>([
    [{ toString: null }, 1],
    ['t', text],
  ]);
  const state = { error: new Error('x', { cause: `${text}-1` }), list: Object.assign([1], { at: `${text}-2` }), keyed };
  const [[, found] = []] = entries(probe('history.state', { url: page, state }));
  expect(JSON.parse(found as string)).toEqual({
    error: { message: 'x', cause: `${text}-1` },
    list: { 0: null, at: `${text}-2` },
    keyed: { '{"toString":null}': null, t: text },
  });
});

test('members that the page put on every object are not asked', () => {
  const names = ['byteLength', 'size', 'forEach', 'source', 'message', 'cause', 'length', '0', '1'];
  const asked: string[] = [];
  const state = { token: text, list: [text], nothing: {}, none: [] };
  for (const name of names)
    Object.defineProperty(Object.prototype, name, { configurable: true, get: () => void asked.push(name), set() {} });
  const spoil = 'for (const one of ["Map", "Set", "Error", "RegExp", "ArrayBuffer"]) window[one] = globalThis[one];';
  const before = asked.length;
  try {
    probe('history.state', { url: page, state }, { spoil });
  } finally {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  }
  expect(asked.slice(before)).toEqual([]);
});
