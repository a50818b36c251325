import { Window } from 'happy-dom';
import { afterEach, expect, test } from 'vitest';
import { documentTexts } from './document-texts.ts';
import { parseStore } from './parse-store.ts';
import type { Place } from './probe.ts';

const opened: Window[] = [];
afterEach(async () => {
  for (const window of opened.splice(0)) await window.happyDOM.close();
});

/** Functions of a browser refuse what is not of their kind. */
function refusing(what: (...args: unknown[]) => unknown) {
  return function (this: unknown, ...args: unknown[]) {
    if (typeof this !== 'object' || this === null || Object.getPrototypeOf(this) === Object.prototype)
      throw new TypeError('Illegal invocation');
    return Reflect.apply(what, this, args);
  };
}

const wrapped = new WeakSet<object>();

/** Makes the functions of the classes of a window refuse as a browser's do. */
function asInBrowsers(window: Window): Window {
  const kinds = [
    'Attr',
    'CharacterData',
    'Document',
    'Element',
    'Node',
    'NodeIterator',
    'HTMLTemplateElement',
  ] as const;
  for (const kind of kinds)
    for (let at = window[kind].prototype as object; at !== Object.prototype; at = Object.getPrototypeOf(at)) refuse(at);
  return window;
}

function refuse(prototype: object) {
  if (wrapped.has(prototype)) return;
  wrapped.add(prototype);
  for (const [name, had] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (name === 'constructor' || !had.configurable) continue;
    if (had.get) Object.defineProperty(prototype, name, { ...had, get: refusing(had.get) });
    else if (typeof had.value === 'function')
      Object.defineProperty(prototype, name, { ...had, value: refusing(had.value) });
  }
}

/** A page of this HTML. What it is asked with is what a page has. */
function pageOf(html: string): Window {
  const window = asInBrowsers(new Window({ url: 'https://call.example/room' }));
  opened.push(window);
  window.document.write(html);
  return window;
}

/** What is kept in a document that has just come. */
const fresh = () => ({ __proto__: null, serial: 7, seed: 0 }) as unknown as Place;

/** Runs the probe as a page would: as text. */
async function probe(
  window: Window,
  {
    stamp = '',
    known = {} as Record<string, number> | null,
    maxCharacters = 1e6,
    maxEntries = 1000,
    now = Date.now,
    place = fresh(),
  } = {},
) {
  const run = new Function('window', 'document', 'Date', `return (${documentTexts})(...arguments[3])`);
  const args = ['', stamp, known, maxCharacters, maxEntries, place];
  return parseStore(await run(window, window.document, { now }, args));
}

function read(result: ReturnType<typeof parseStore>) {
  if (result.kind !== 'read') throw new Error(`was ${result.kind}`);
  return result;
}

/** What lies where: attribute, tag, id and name, and the text. */
const found = (result: ReturnType<typeof parseStore>) =>
  read(result).entries.map(({ key, text }) => [...key.split('\n').slice(1, 5), text].join('|'));

const text = 'a-text-that-may-hold-a-token';

test('reads attributes, scripts, comments and texts, in templates and shadow trees too', async () => {
  const window = pageOf(`<!doctype html><meta name="jwt" content="${text}-1"><!-- ${text}-2 -->
    <script id="__NEXT_DATA__" type="application/json">{"token":"${text}-3"}</script>
    <body><input type="hidden" name="csrf" value="${text}-4"><div id="app" data-token="${text}-5"></div>
    <a href="/join?t=${text}-6">Join</a><pre>${text}-7</pre>
    <template><i data-t="${text}-8"></i></template><b id="host"></b>`);
  const host = window.document.getElementById('host');
  host?.attachShadow({ mode: 'open' }).append(`${text}-9`);
  const result = await probe(window);
  expect(found(result).sort()).toEqual(
    [
      `content|meta||jwt|${text}-1`,
      `|||| ${text}-2 `,
      `|script|__NEXT_DATA__||{"token":"${text}-3"}`,
      `value|input||csrf|${text}-4`,
      `data-token|div|app||${text}-5`,
      `href|a|||/join?t=${text}-6`,
      `|pre|||${text}-7`,
      `data-t|i|||${text}-8`,
      `||||${text}-9`,
    ].sort(),
  );
  expect(read(result).entries[0]?.key).toMatch(/^https:\/\/call\.example\/room\n/);
  expect(read(result).isTampered).toBe(false);
});

test('elements that answer to the names of what lies in them are read like others', async () => {
  const names = ['attributes', 'nodeType', 'localName', 'getAttribute', 'parentElement', 'shadowRoot', 'id', 'content'];
  const fields = names.map((name) => `<input name="${name}" id="x">`).join('');
  const images = ['createNodeIterator', 'documentElement', 'body'].map((name) => `<img name="${name}">`);
  const window = pageOf(`<form data-token="${text}-1">${fields}${text}-2</form>${images.join('')}`);
  const result = await probe(window);
  expect(found(result)).toEqual([`data-token|form|||${text}-1`, `|form|||${text}-2`]);
  expect(read(result).isTampered).toBe(false);
});

test('what holds no token in whatever spelling is left where it is', async () => {
  const window = pageOf(`<p class="${text}" style="${text}" title="a few words of a sentence only">words</p>
    <img src="data:image/png;base64,${text}"><svg><path d="${text}"></path></svg>`);
  expect(found(await probe(window))).toEqual([]);
});

test('repetitions are told apart, so that only what is new is handed over', async () => {
  const window = pageOf(`<i data-t="${text}-1"></i><i data-t="${text}-2"></i>`);
  const place = fresh();
  const first = read(await probe(window, { place }));
  expect(new Set(first.entries.map(({ key }) => key)).size).toBe(2);
  expect(await probe(window, { stamp: first.stamp, place })).toEqual({ kind: 'unchanged' });
  const known = Object.fromEntries(first.entries.map(({ key, stamp }) => [`$${key}`, stamp]));
  window.document.querySelectorAll('i')[1]?.setAttribute('data-t', `${text}-3`);
  const second = read(await probe(window, { stamp: first.stamp, known, place }));
  expect(second.entries.map((entry) => entry.text)).toEqual([null, `${text}-3`]);
  window.document.querySelectorAll('i')[0]?.remove();
  expect((await probe(window, { stamp: second.stamp, known, place })).kind).toBe('read');
});

test('what exceeds the budget is told', async () => {
  const window = pageOf(`<i data-t="${text}-1"></i><i data-t="${text}-2"></i>`);
  expect(await probe(window, { maxCharacters: 40 })).toMatchObject({ entries: [{ isCut: false }, { isCut: true }] });
  expect(await probe(window, { maxEntries: 1 })).toMatchObject({ missed: 1 });
});

/** A window of which some functions are others. */
function spoilt(window: Window, replaced: Record<string, object>): Window {
  const { Attr, CharacterData, Document, Element, Node, NodeIterator, HTMLTemplateElement, document, location } =
    window;
  const kinds = { Attr, CharacterData, Document, Element, Node, NodeIterator, HTMLTemplateElement };
  const view: object = { Reflect, ...kinds, document, location };
  return Object.assign(view, { top: view }, replaced) as unknown as Window;
}

test.each<[string, Record<string, object>]>([
  ['finds nothing', { NodeIterator: { prototype: { nextNode: () => null } } }],
  ['is missing', { Document: { prototype: {} } }],
])('a page whose own function %s is told on', async (_, replaced) => {
  const window = pageOf(`<body><div data-token="${text}"></div></body>`);
  const result = await probe(spoilt(window, replaced));
  expect(read(result).isTampered).toBe(true);
  expect(window.document.querySelectorAll('iframe').length).toBe(0);
});

test('a page of many elements is read in pieces, with rests between', async () => {
  const window = pageOf(`<body>${'<b></b>'.repeat(6000)}<i data-t="${text}"></i></body>`);
  const before = globalThis.setTimeout;
  const rests: number[] = [];
  globalThis.setTimeout = ((run: () => void, milliseconds: number) => {
    rests.push(milliseconds);
    return before(run, 0);
  }) as typeof setTimeout;
  let clock = 0;
  const now = () => {
    clock += 1;
    return clock;
  };
  const result = await probe(window, { now });
  globalThis.setTimeout = before;
  expect(found(result)).toEqual([`data-t|i|||${text}`]);
  expect(rests.length).toBeGreaterThan(5);
  expect(rests).toContain(8 * 16);
});

test('a document that has only just begun is waited for, and not taken for one that hides its elements', async () => {
  const window = pageOf('');
  const { documentElement } = window.document;
  documentElement.remove();
  const result = probe(window);
  setTimeout(() => {
    window.document.appendChild(documentElement);
    window.document.body.setAttribute('data-token', text);
  }, 60);
  expect(read(await result)).toMatchObject({ isTampered: false, entries: [{ text }] });
});

test('a document whose root was removed is no sign of a page that hides its own', async () => {
  const window = pageOf('');
  window.document.documentElement.remove();
  expect(read(await probe(window))).toMatchObject({ isTampered: false, missed: 0, entries: [] });
});

test('a page that shows a root to one way of looking and none to others is told on', async () => {
  const window = pageOf(`<p data-token="${text}">`);
  const { Document, NodeIterator } = window;
  const nothing = (answer: unknown) => refusing(() => answer);
  const replaced = {
    NodeIterator: { prototype: { ...NodeIterator.prototype, nextNode: nothing(null) } },
    Document: {
      prototype: Object.create(Document.prototype, { getElementsByTagName: { value: nothing([]) } }) as object,
    },
  };
  expect(read(await probe(spoilt(window, replaced))).isTampered).toBe(true);
});

test('beside the page’s script nothing is put into a document, whatever it answers', async () => {
  const window = pageOf(`<p data-token="${text}">`);
  const replaced = { NodeIterator: { prototype: { nextNode: refusing(() => null) } } };
  const place = { ...fresh(), __proto__: null, name: '_apart' } as Place;
  expect(read(await probe(spoilt(window, replaced), { place }))).toMatchObject({ isTampered: false, missed: 1 });
  Reflect.deleteProperty(globalThis, '_apart');
});

test('a token in several texts that touch is read whole, and each of them by itself', async () => {
  const window = pageOf('<p></p><i></i><b></b>');
  const put = (tag: string, ...texts: string[]) => window.document.querySelector(tag)?.append(...texts);
  put('p', text.slice(0, 9), '', text.slice(9));
  put('i', `${text}-1`, ' ', `${text}-2`);
  put('b', text, 'Copy');
  expect(found(await probe(window))).toEqual([
    `|p|||${text}`,
    `|i|||${text}-1`,
    `|i|||${text}-2`,
    `|b|||${text}`,
    `|b|||${text}Copy`,
  ]);
});

test('a page that is itself again is no longer said to hide something', async () => {
  const window = pageOf(`<p data-token="${text}">`);
  const { getElementsByTagName } = window.document;
  const honest = window.Document.prototype.getElementsByTagName;
  window.Document.prototype.getElementsByTagName = () => [] as unknown as ReturnType<typeof getElementsByTagName>;
  const place = fresh();
  const odd = read(await probe(window, { place }));
  expect(odd.isTampered).toBe(true);
  expect((await probe(window, { stamp: odd.stamp, place })).kind).toBe('unchanged');
  window.Document.prototype.getElementsByTagName = honest;
  expect(read(await probe(window, { stamp: odd.stamp, place })).isTampered).toBe(false);
});

test('attributes of one name are each read, and are no sign of a page that hides its own', async () => {
  const window = pageOf('<p id="x"></p>');
  const element = window.document.getElementById('x');
  element?.setAttributeNS('urn:one', 'a:token', `${text}-1`);
  element?.setAttributeNS('urn:two', 'a:token', `${text}-2`);
  const result = await probe(window);
  expect(found(result)).toEqual([`a:token|p|x||${text}-1`, `a:token|p|x||${text}-2`]);
  expect(read(result).isTampered).toBe(false);
});

const long = 'eyJhbGciOiJIUzI1NiJ9.eyJyIjoicm9vbSJ9.a-signature';

test('what hides in attributes of looks is read, and paths and classes of words are not', async () => {
  const window = pageOf(`<p class="a ${long}"></p><i style="--t:${long}"></i><b class="${'word '.repeat(20)}"></b>
    <svg><path d="M${'10.5-3.25c1-2'.repeat(9)}"></path></svg>
    <a href="data:application/json,${long}"></a><img src="data:image/png;base64,${long}">`);
  expect(found(await probe(window)).map((one) => one.split('|').slice(0, 2).join(' '))).toEqual([
    'class p',
    'style i',
    'href a',
  ]);
});
