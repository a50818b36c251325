import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser, wrongIn } from '../../test/doubles/fake-browser.ts';
import type { Capture } from '../engine/model/capture.ts';
import { defaultPace } from '../extension/capture/rounds.ts';
import { type PageWatch, watchPage } from '../extension/capture/watch-page.ts';
import type { HostEvent } from '../panel/host.ts';
import { localStorage } from './local-storage.ts';
import type { LateProbe, QuickProbe } from './probe.ts';
import { sessionStorage } from './session-storage.ts';

const text = (end: string) => `a-text-that-may-hold-a-token-${end}`;

/** Reads what the page's window answers when asked for it, in the plainest way that the grammar allows. */
const database: LateProbe = {
  id: 'indexed-db',
  name: 'database',
  answers: 'later',
  load: async () => async (name) => {
    const page = window as unknown as { asked: number; entries: () => Promise<[string, string][]> };
    page.asked = (page.asked ?? 0) + 1;
    let answer = '\n';
    for (const [key, value] of await page.entries()) {
      const full = `${name} ${key}`;
      answer += `v 0 ${full.length} ${value.length}\n${full}${value}`;
    }
    return answer;
  },
};

let browser: FakeBrowser;
let watch: PageWatch;
let captures: Capture[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_795_176_000_000 });
  browser = createFakeBrowser('https://call.example/room');
  browser.stores.set('https://call.example', { local: new Map([['auth', text('0')]]), session: new Map(), cookie: '' });
  captures = [];
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

function page() {
  return browser.windowOf(browser.frames[0] as FakeBrowser['frames'][number]);
}

/** The page answers with these entries from now on, after so many milliseconds. */
function holds(entries: Record<string, string>, milliseconds = 0) {
  page().entries = async () => {
    if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return Object.entries(entries);
  };
}

function start(...more: (LateProbe | QuickProbe)[]) {
  watch = watchPage(
    browser,
    (event: HostEvent) => {
      if (event.kind === 'capture') captures.push(event.capture);
    },
    { probes: [localStorage, sessionStorage, ...more] },
  );
}

const found = (source: string) =>
  captures
    .at(-1)
    ?.stores.find((store) => store.source === source)
    ?.entries.map(({ key, text }) => `${key}=${text}`);

test.each([
  ['with the page’s own JavaScript', false],
  ['out of the page’s reach', true],
])('a probe that takes its time holds up nothing, and is read when it has answered: %s', async (_, granted) => {
  if (granted) browser.granted.add('https://call.example');
  holds({ one: text('1') }, 1300);
  start(database);
  await pass(20);
  expect(found('local-storage')).toEqual([`auth=${text('0')}`]);
  expect(found('indexed-db')).toBeUndefined();
  await pass(1000);
  expect(found('indexed-db')).toBeUndefined();
  await pass(1000);
  expect(found('indexed-db')).toEqual([`database one=${text('1')}`]);
  expect(captures.at(-1)?.stores.find(({ source }) => source === 'indexed-db')?.readBy).toBe(
    granted ? 'isolated-world' : 'page-script',
  );
  expect(page().asked).toBe(1);
});

test('it is asked again at the next thorough look, and only what differs is news', async () => {
  holds({ one: text('1') });
  start(database);
  await pass(defaultPace.thoroughEvery * 2);
  // Once more when nothing has changed for a while.
  expect(captures).toHaveLength(3);
  holds({ one: text('2') });
  await pass(defaultPace.thoroughEvery + 1000);
  expect(found('indexed-db')).toEqual([`database one=${text('2')}`]);
  expect(captures).toHaveLength(4);
  expect(page().asked).toBeLessThan(6);
});

test('one that takes long rests four times as long, but not where another document comes or the user presses', async () => {
  holds({ one: text('1') }, 10_000);
  start(database);
  await pass(12_000);
  expect(page().asked).toBe(1);
  await pass(20_000);
  expect(page().asked).toBe(1);
  watch.rescan();
  await pass(1000);
  expect(page().asked).toBe(2);
  await pass(12_000);
  browser.happen('page');
  await pass(1000);
  expect(page().asked).toBe(3);
  await pass(10_000 + 40_000 + 5000);
  expect(page().asked).toBe(4);
});

/** Holds something that it hands over only where it may open it. */
const closed: LateProbe = {
  id: 'indexed-db',
  name: 'closed',
  answers: 'later',
  load: async () => async (_name, _stamp, _known, _characters, _entries, _place, mayOpen) =>
    mayOpen ? '\nv 0 3 24\nkeya-text-that-may-hold-one' : '\nu 2 0 0\n',
};

test('what the page could notice is opened out of its reach, or once at a press; else it is told', async () => {
  start(closed);
  await pass(2000);
  const unopened = { code: 'storage-unopened', subject: 'closed of https://call.example' };
  expect(wrongIn(captures.at(-1))).toMatchObject([unopened]);
  expect(found('indexed-db')).toEqual([]);
  watch.rescan();
  await pass(2000);
  expect(wrongIn(captures.at(-1))).toEqual([]);
  expect(found('indexed-db')).toEqual(['key=a-text-that-may-hold-one']);
  await pass(10_000);
  expect(wrongIn(captures.at(-1))).toMatchObject([{ ...unopened, message: expect.stringMatching(/and not since/) }]);
  expect(found('indexed-db')).toEqual(['key=a-text-that-may-hold-one']);
  browser.granted.add('https://call.example');
  browser.happen('access');
  await pass(10_000);
  expect(wrongIn(captures.at(-1))).toEqual([]);
});

test('nothing of it is ever among the variables of the page', async () => {
  holds({ one: text('1') }, 700);
  start(database);
  await pass(20);
  const before = browser.variablesOf('https://call.example/room');
  for (let looks = 0; looks < 4; looks += 1) {
    await pass(500);
    expect(browser.variablesOf('https://call.example/room')).toEqual(before);
  }
  expect(found('indexed-db')).toEqual([`database one=${text('1')}`]);
});

test('an answer that nobody collected for a while is asked for anew', async () => {
  holds({ one: text('1') }, 100);
  start(database);
  await pass(20);
  watch.pause();
  await pass(70_000);
  holds({ one: text('2') }, 100);
  watch.resume();
  await pass(2000);
  expect(found('indexed-db')).toEqual([`database one=${text('2')}`]);
  expect(captures.some(({ stores }) => stores.some(({ entries }) => entries[0]?.text === text('1')))).toBe(false);
});

test('what it found counts while it is asked again after a rescan', async () => {
  holds({ one: text('1') });
  start(database);
  await pass(2000);
  holds({ one: text('2') }, 3000);
  watch.rescan();
  await pass(1000);
  expect(found('indexed-db')).toEqual([`database one=${text('1')}`]);
  await pass(3000);
  expect(found('indexed-db')).toEqual([`database one=${text('2')}`]);
});

test('a page that is left again and again does not hinder anybody', async () => {
  holds({ one: text('1') }, 60_000);
  start(database);
  for (const documentId of ['B', 'C', 'D', 'E', 'F']) {
    await pass(600);
    browser.frames = [{ ...(browser.frames[0] as FakeBrowser['frames'][number]), documentId }];
    holds({ one: text('1') }, 60_000);
    browser.happen('page');
  }
  holds({ two: text('2') });
  await pass(600);
  browser.frames = [{ ...(browser.frames[0] as FakeBrowser['frames'][number]), documentId: 'G' }];
  holds({ two: text('2') });
  browser.happen('page');
  await pass(2000);
  expect(captures.flatMap((capture) => wrongIn(capture) ?? [])).toEqual([]);
  expect(found('indexed-db')).toEqual([`database two=${text('2')}`]);
});

test.each([
  ['with the page’s own JavaScript', false],
  ['out of the page’s reach', true],
])('a document that is left takes its answer along, and the next one is asked: %s', async (_, granted) => {
  if (granted) browser.granted.add('https://call.example');
  holds({ one: text('1') }, 60_000);
  start(database);
  await pass(600);
  browser.frames = [{ ...(browser.frames[0] as FakeBrowser['frames'][number]), documentId: 'B' }];
  holds({ two: text('2') });
  browser.happen('page');
  await pass(2000);
  expect(found('indexed-db')).toEqual([`database two=${text('2')}`]);
});

test('what a page stores while it is loaded is read soon, however long the first reading took', async () => {
  holds({}, 1200);
  start(database);
  await pass(1500);
  holds({ one: text('1') });
  await pass(3500);
  expect(found('indexed-db')).toEqual([`database one=${text('1')}`]);
});

test.each([false, true])(
  'one that never answers is told, and the others are read on (with access: %s)',
  async (granted) => {
    if (granted) browser.granted.add('https://call.example');
    page().entries = () => new Promise(() => {});
    start(database);
    await pass(45_000);
    expect(wrongIn(captures.at(-1))).toMatchObject([
      { code: 'storage-not-answering', subject: 'database of https://call.example' },
    ]);
    expect(found('local-storage')).toEqual([`auth=${text('0')}`]);
  },
);

test.each([
  ['rejects', () => Promise.reject(new Error('no'))],
  ['answers no list', async () => 7],
])('one that %s is a refusal', async (_, entries) => {
  page().entries = entries;
  start(database);
  await pass(2000);
  expect(wrongIn(captures.at(-1))).toMatchObject([
    { code: 'storage-refused', subject: 'database of https://call.example' },
  ]);
  const { stores = [] } = captures.at(-1) ?? {};
  expect(stores.filter(({ isPartial }) => isPartial).map(({ source }) => source)).toEqual(['indexed-db']);
  expect(found('local-storage')).toEqual([`auth=${text('0')}`]);
});

test('a quick one that throws takes no other along', async () => {
  const broken: QuickProbe = {
    id: 'cache-storage',
    name: 'broken',
    answers: 'at-once',
    run: () => {
      throw new Error('broken');
    },
  };
  start(broken);
  await pass(20);
  expect(wrongIn(captures.at(-1))).toMatchObject([
    { code: 'storage-refused', subject: 'broken of https://call.example' },
  ]);
  expect(found('local-storage')).toEqual([`auth=${text('0')}`]);
});
