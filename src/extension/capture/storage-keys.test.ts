import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser, wrongIn } from '../../../test/doubles/fake-browser.ts';
import type { Capture } from '../../engine/model/capture.ts';
import { type PageWatch, watchPage } from './watch-page.ts';

const long = 'a-value-that-is-long-enough-to-be-kept';
let browser: FakeBrowser;
let watch: PageWatch;
let captures: Capture[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_795_176_000_000 });
  browser = createFakeBrowser('https://call.example/room');
  captures = [];
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

function start() {
  watch = watchPage(browser, (event) => {
    if (event.kind === 'capture') captures.push(event.capture);
  });
}

function stored(text: string) {
  return { local: new Map([['auth', text]]), session: new Map<string, string>(), cookie: '' };
}

function frame(id: number, url: string, parentId = 0) {
  browser.frames.push({ id, parentId, url, documentId: `D${id}`, isError: false });
}

/** Every local storage that holds something: its key and what it holds. */
const storages = () =>
  captures
    .at(-1)
    ?.stores.filter(({ source, entries }) => source === 'local-storage' && entries.length > 0)
    .map(({ origin, partition, entries }) => [origin, partition, entries[0]?.text]);

test('a credentialless frame is a storage of its own, beside that of the page’s origin', async () => {
  browser.stores.set('https://call.example', stored(`${long}-page`));
  frame(1, 'https://call.example/in');
  browser.frameStores.set(1, stored(`${long}-apart`));
  browser.partitions.set(1, { kind: 'ephemeral' });
  start();
  await pass(20);
  expect(storages()).toEqual([
    ['https://call.example', { kind: 'first-party' }, `${long}-page`],
    ['https://call.example', { kind: 'ephemeral' }, `${long}-apart`],
  ]);
  expect(captures[0]?.frames[0]?.partition).toEqual({ kind: 'ephemeral' });
});

test('one beside an ordinary frame of another origin is read apart from it', async () => {
  browser.stores.set('https://meet.example', stored(`${long}-meet`));
  frame(1, 'https://meet.example/a');
  frame(2, 'https://meet.example/b');
  browser.frameStores.set(1, stored(`${long}-apart`));
  browser.partitions.set(1, { kind: 'ephemeral' });
  browser.partitions.set(2, { kind: 'lasting' });
  start();
  await pass(20);
  expect(storages()).toEqual([
    ['https://meet.example', { kind: 'ephemeral' }, `${long}-apart`],
    ['https://meet.example', null, `${long}-meet`],
  ]);
});

test('where two frames have one address, what answers for either is of no known partition', async () => {
  browser.stores.set('https://meet.example', stored(`${long}-meet`));
  frame(1, 'https://meet.example/a');
  frame(2, 'https://meet.example/a');
  browser.partitions.set(1, { kind: 'third-party', topLevelSite: 'https://call.example' });
  browser.partitions.set(2, { kind: 'ephemeral' });
  start();
  await pass(20);
  // The first frame answers under both names.
  expect(storages()).toEqual([
    ['https://meet.example', { kind: 'third-party', topLevelSite: 'https://call.example' }, `${long}-meet`],
  ]);
  expect(captures[0]?.frames.map(({ partition }) => partition?.kind)).toEqual(['third-party', 'ephemeral']);
});

test('a frame below another site has the partition that the browser names, and so has the page’s origin there', async () => {
  const below = { kind: 'third-party', topLevelSite: 'https://call.example' } as const;
  browser.granted.add('https://call.example').add('https://meet.example');
  browser.stores.set('https://call.example', stored(`${long}-page`));
  browser.stores.set('https://meet.example', stored(`${long}-meet`));
  frame(1, 'https://meet.example/a');
  frame(2, 'https://call.example/below', 1);
  browser.frameStores.set(2, stored(`${long}-below`));
  browser.partitions.set(1, below);
  browser.partitions.set(2, below);
  start();
  await pass(20);
  expect(storages()).toEqual([
    ['https://call.example', { kind: 'first-party' }, `${long}-page`],
    ['https://meet.example', below, `${long}-meet`],
    ['https://call.example', below, `${long}-below`],
  ]);
});

test('access granted later makes an unknown partition known', async () => {
  browser.stores.set('https://meet.example', stored(long));
  frame(1, 'https://meet.example/a');
  browser.partitions.set(1, { kind: 'lasting' });
  start();
  await pass(20);
  expect(storages()).toEqual([['https://meet.example', null, long]]);
  browser.partitions.set(1, { kind: 'third-party', topLevelSite: 'https://call.example' });
  browser.happen('access');
  await pass(20);
  expect(storages()).toEqual([
    ['https://meet.example', { kind: 'third-party', topLevelSite: 'https://call.example' }, long],
  ]);
});

test('sandboxed frames do not hide what their siblings store, and have no origin', async () => {
  browser.granted.add('https://meet.example');
  browser.stores.set('https://meet.example', stored(long));
  for (const id of [1, 2, 3, 4, 5, 6]) {
    frame(id, `https://meet.example/${id}`);
    if (id < 6) browser.sandboxed.add(id);
  }
  start();
  await pass(1500);
  expect(storages()).toEqual([['https://meet.example', null, long]]);
  expect(captures.at(-1)?.frames.map(({ origin }) => origin)).toEqual([
    ...Array(5).fill('null'),
    'https://meet.example',
  ]);
  expect(wrongIn(captures.at(-1))).toEqual([]);
});

test('where every frame is sandboxed, it is said that nothing can be stored', async () => {
  browser.granted.add('https://meet.example');
  frame(1, 'https://meet.example/1');
  frame(2, 'https://meet.example/2');
  for (const id of [1, 2]) browser.sandboxed.add(id);
  start();
  await pass(20);
  expect(wrongIn(captures.at(-1))?.map(({ code }) => code)).toEqual([
    'storage-refused',
    'storage-refused',
    'state-unread',
  ]);
  expect(
    captures
      .at(-1)
      ?.stores.filter(({ source, url }) => source === 'local-storage' && url.startsWith('https://meet.example'))
      .map(({ origin }) => origin),
  ).toEqual(['null']);
});

test('a page that says it is sandboxed hides nothing', async () => {
  browser.stores.set('https://call.example', stored(long));
  Object.defineProperty(browser.windowOf(browser.frames[0] as FakeBrowser['frames'][number]), 'origin', {
    get: () => 'null',
    set: () => {},
  });
  start();
  await pass(20);
  expect(storages()).toEqual([['https://call.example', { kind: 'first-party' }, long]]);
});
