import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Way } from './evaluate.ts';
import { createAsking, type Shown } from './firefox-ways.ts';

type Reply = string | ((expression: string) => string);

/** A way that answers where it leads to, and else by its name; `null` is one that is lost. */
function wayTo(place: Reply | null, name: string): Way & { asked: string[] } {
  const asked: string[] = [];
  const runtime: { lastError?: unknown } = {};
  return {
    asked,
    runtime,
    devtools: {
      inspectedWindow: {
        eval(expression, _, answer) {
          asked.push(expression);
          if (place === null) runtime.lastError = 'lost';
          const isWhere = expression.includes('location.href');
          answer(isWhere ? (typeof place === 'function' ? place(expression) : place) : name);
        },
      },
    },
  };
}

/** The way that the panel's page has itself. */
let own: Way;
beforeEach(() => {
  vi.stubGlobal('chrome', {
    devtools: {
      inspectedWindow: {
        eval: (...all: Parameters<Way['devtools']['inspectedWindow']['eval']>) =>
          own.devtools.inspectedWindow.eval(...all),
      },
    },
    get runtime() {
      return own.runtime;
    },
  });
});
afterEach(() => vi.unstubAllGlobals());

const page = (url: string, documentId = url): Shown => ({ url, documentId });

test('a way that leads into the page that is shown is asked where it leads once for each document', async () => {
  const way = wayTo((): string => shown.url, 'own');
  own = way;
  let shown = page('https://call.example/one');
  const ask = createAsking(
    () => shown,
    () => Promise.reject(new Error('none is needed')),
  );
  for (const _ of [1, 2]) expect(await ask('1')).toEqual({ ok: true, value: 'own' });
  expect(way.asked).toHaveLength(3);
  // A page that moves without a load is the same document.
  shown = page('https://call.example/one#moved', shown.documentId);
  await ask('1');
  expect(way.asked).toHaveLength(4);
  shown = page('https://call.example/two');
  await ask('1');
  expect(way.asked).toHaveLength(6);
});

test.each([
  ['of the page before', 'https://call.example/before'],
  ['that is no longer shown, at the same address', ''],
])('what a document %s answers is none, and another way is found', async (_, place) => {
  const stale = wayTo(place, 'stale');
  own = stale;
  const shown = page('https://call.example/now');
  const ways = [wayTo(place, 'stale, too'), wayTo(shown.url, 'right')];
  const ask = createAsking(
    () => shown,
    async () => ways.shift() as Way,
  );
  const seen: unknown[] = [];
  for (let i = 0; i < 5; i += 1) {
    const answer = await ask('1');
    seen.push(answer.ok ? answer.value : answer.code);
  }
  expect(seen).toEqual(['not-found', 'not-found', 'not-found', 'right', 'right']);
});

test('a way that follows the page by itself is kept', async () => {
  let place = 'https://call.example/before';
  own = wayTo(() => place, 'own');
  const shown = page('https://call.example/now');
  const ask = createAsking(
    () => shown,
    () => Promise.reject(new Error('none is needed')),
  );
  expect(await ask('1')).toMatchObject({ ok: false, code: 'not-found' });
  place = shown.url;
  expect(await ask('1')).toEqual({ ok: true, value: 'own' });
});

test('a page that has another address than the browser tells is read all the same, with few new ways', async () => {
  own = wayTo('resource://viewer', 'own');
  let opened = 0;
  const ask = createAsking(
    () => page('https://call.example/file.pdf'),
    async () => {
      opened += 1;
      return wayTo('resource://viewer', `way ${opened}`);
    },
  );
  for (let i = 0; i < 4; i += 1) expect(await ask('1')).toMatchObject({ ok: false });
  for (let i = 0; i < 4; i += 1) expect(await ask('1')).toEqual({ ok: true, value: 'way 3' });
  expect(opened).toBe(3);
});

test('a way that is lost gives way to another, before and after a page was listed', async () => {
  own = wayTo(null, 'lost');
  let shown: Shown | null = null;
  const ask = createAsking(
    () => shown,
    async () => wayTo('https://call.example/', 'new'),
  );
  expect(await ask('1')).toEqual({ ok: true, value: 'new' });
  shown = page('https://call.example/');
  expect(await ask('1')).toEqual({ ok: true, value: 'new' });
});
