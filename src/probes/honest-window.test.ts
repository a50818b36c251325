import { expect, test } from 'vitest';
import { createStorage } from '../../test/doubles/fake-browser.ts';
import { withGetters } from '../../test/doubles/with-getters.ts';
import { type HonestWindow, honestWindow } from './honest-window.ts';

/** A window as it comes. */
function windowOf(members: object = {}): Record<string, unknown> {
  const store = createStorage(new Map([['auth', 'a token']]));
  const window = withGetters<Record<string, unknown>>({
    localStorage: store,
    sessionStorage: store,
    name: '',
    history: withGetters({ state: null }),
  });
  return Object.assign(window, { document: withGetters({ cookie: '' }), ...members });
}

/** Runs as a page would: as text. `frames` come, one at each call that puts one into the page. */
function ask(window: Record<string, unknown>, frames: Record<string, unknown>[] = [], isForced = false): HonestWindow {
  const left = [...frames];
  const root = {
    appendChild: () => {
      window[0] = left.shift();
    },
  };
  Object.assign(window.document as object, { documentElement: root, createElement: () => ({ contentWindow: null }) });
  const run = new Function('window', 'document', `'use strict'; return (${honestWindow})(${isForced})`);
  return run(window, window.document) as HonestWindow;
}

/** An empty frame, which can be taken away again. */
function frameOf(page: Record<string, unknown>, members: object = {}) {
  const remove = () => {
    delete page[0];
  };
  return windowOf({ Reflect, Element: { prototype: { remove } }, frameElement: {}, ...members });
}

test('a page that has replaced nothing is read by its own window, and nothing is put into it', () => {
  const window = windowOf();
  expect(ask(window)).toMatchObject({ view: window, page: 'clean' });
  expect(window[0]).toBeUndefined();
});

const lies: [string, (window: Record<string, unknown>) => unknown][] = [
  ['a stand-in for storage', (window) => Object.defineProperty(window, 'localStorage', { value: { length: 0 } })],
  [
    'a getter that answers whoever asks',
    (window) => Object.defineProperty(window, 'sessionStorage', { get: () => ({}) }),
  ],
  ['no storage', (window) => Reflect.deleteProperty(window, 'localStorage')],
  ['an element by the name of cookie', (window) => Object.defineProperty(window.document, 'cookie', { value: {} })],
  ['a name of its own', (window) => Object.defineProperty(window, 'name', { get: () => '' })],
  ['a state of its own', (window) => Object.defineProperty(window.history, 'state', { value: null })],
];

test.each(lies)('a page with %s is read by an empty frame, which is taken away again', (_, spoil) => {
  const window = windowOf();
  const frame = frameOf(window);
  spoil(window);
  const found = ask(window, [frame]);
  expect(found).toMatchObject({ view: frame, page: 'seen-through' });
  found.leave();
  expect(window[0]).toBeUndefined();
});

test('a frame that was spoilt as it came is not taken, and that is told', () => {
  const window = windowOf();
  const frame = frameOf(window);
  for (const one of [window, frame]) Object.defineProperty(one, 'localStorage', { value: { length: 0 } });
  expect(ask(window, [frame])).toMatchObject({ view: window, page: 'doctored' });
  expect(window[0]).toBeUndefined();
});

test('a page that was found to lie is not asked again, whatever it shows', () => {
  const window = windowOf();
  const frame = frameOf(window);
  expect(ask(window, [frame], true)).toMatchObject({ view: frame, page: 'seen-through' });
  expect(ask(windowOf(), [], true)).toMatchObject({ page: 'doctored' });
});
