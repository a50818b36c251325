import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser, wrongIn } from '../../../test/doubles/fake-browser.ts';
import type { Capture, Cookie } from '../../engine/model/capture.ts';
import type { HostEvent, PageState } from '../../panel/host.ts';
import { defaultPace } from './rounds.ts';
import { type PageWatch, watchPage } from './watch-page.ts';

const long = 'a-value-that-is-long-enough-to-be-kept';
let browser: FakeBrowser;
let watch: PageWatch;
let captures: Capture[];
let states: PageState[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_795_176_000_000 });
  browser = createFakeBrowser('https://call.example/room?t=1#x');
  captures = [];
  states = [];
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

function start() {
  watch = watchPage(browser, (event: HostEvent) => {
    if (event.kind === 'capture') captures.push(event.capture);
    else if (event.kind === 'state') states.push(event.state);
  });
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

function store(origin: string, local: Record<string, string>, cookie = '') {
  browser.stores.set(origin, { local: new Map(Object.entries(local)), session: new Map(), cookie });
}

function frame(id: number, url: string, parentId = 0) {
  browser.frames.push({ id, parentId, url, documentId: `D${id}`, isError: false });
}

const texts = (capture: Capture | undefined) =>
  capture?.stores.flatMap(({ entries }) => entries.map(({ key, text }) => `${key}=${text}`));

test('the first look brings the whole page', async () => {
  store('https://call.example', { auth: long, length: `${long}-1`, short: 'x' }, 'a=1; b=two=2');
  start();
  await pass(10);
  expect(states.map(({ kind }) => kind)).toEqual(['loading', 'watching']);
  expect(captures).toHaveLength(1);
  expect(captures[0]?.page).toMatchObject({ url: 'https://call.example/room?t=1#x', title: 'A page' });
  expect(texts(captures[0])).toEqual([`auth=${long}`, `length=${long}-1`]);
  expect(captures[0]?.stores[0]?.readBy).toBe('page-script');
  expect(captures[0]?.cookies.map(({ name, value, httpOnly, secure }) => [name, value, httpOnly, secure])).toEqual([
    ['a', '1', false, null],
    ['b', 'two=2', false, null],
  ]);
});

test('what does not change is reported once more, for what requests carried meanwhile, and then no more; and little is asked', async () => {
  store('https://call.example', { big: 'x'.repeat(100_000) });
  start();
  await pass(60_000 - 1000);
  expect(captures).toHaveLength(2);
  expect(captures[1]).toEqual({ ...captures[0], readAt: captures[1]?.readAt });
  const later = browser.evaluated.slice(1).map(({ characters }) => characters);
  expect(later.length).toBeGreaterThan(50);
  expect(Math.max(...later)).toBeLessThan(70_000);
});

test('a changed value appears within a second, and only it is copied', async () => {
  store('https://call.example', { one: `${long}-1`, two: `${long}-2` });
  start();
  await pass(10);
  store('https://call.example', { one: `${long}-1`, two: `${long}-3` });
  await pass(1000);
  expect(texts(captures.at(-1))).toEqual([`one=${long}-1`, `two=${long}-3`]);
  expect(captures).toHaveLength(2);
});

test('among a million characters a change of any of them is told soon, though most looks are glances', async () => {
  const values = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key ${index}`, long.repeat(140)]));
  store('https://call.example', values);
  start();
  await pass(10);
  const changed = `${long.repeat(70)}ANOTHER-VALUE-THAT-IS-LONG-ENOUGH-TO-BE${long.repeat(69)}`.slice(
    0,
    long.length * 140,
  );
  store('https://call.example', { ...values, 'key 123': changed });
  await pass(15_000);
  expect(captures).toHaveLength(3);
  expect(texts(captures.at(-1))).toContain(`key 123=${changed}`);
});

test('an origin is read once, however many frames share it, and other origins through a frame of theirs', async () => {
  store('https://call.example', { top: long });
  store('https://meet.example', { inner: long });
  frame(1, 'https://call.example/a');
  frame(2, 'https://meet.example/room#jwt=1');
  frame(3, 'https://meet.example/room#jwt=1');
  frame(4, 'about:srcdoc', 2);
  start();
  await pass(10);
  expect(captures[0]?.stores.filter(({ source }) => source === 'local-storage').map(({ origin }) => origin)).toEqual([
    'https://call.example',
    'https://meet.example',
  ]);
  expect(captures[0]?.frames.map(({ url, origin }) => `${url} of ${origin}`)).toEqual([
    'https://call.example/a of https://call.example',
    'https://meet.example/room#jwt=1 of https://meet.example',
    'about:srcdoc of https://meet.example',
  ]);
});

const httpOnly: Cookie = {
  name: 'session',
  value: long,
  domain: 'call.example',
  hostOnly: true,
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'lax',
  session: true,
  expiresAt: null,
  partitionedBy: null,
  url: '',
};

test('with access the page cannot interfere, and cookies come with their attributes', async () => {
  const cookie = { ...httpOnly, url: 'https://call.example/room?t=1' };
  browser.cookies = [cookie, { ...cookie, partitionedBy: 'https://other.example' }];
  browser.granted.add('https://call.example');
  store('https://call.example', { auth: long }, 'session=never-used');
  start();
  await pass(10);
  expect(captures[0]?.stores[0]?.readBy).toBe('isolated-world');
  expect(captures[0]?.cookies).toEqual([cookie]);
  // The state of the history alone is asked of the page, of which it would else change what it reads.
  expect(browser.evaluated.every(({ characters }) => characters < 11_000)).toBe(true);
  expect(states.at(-1)).toEqual({
    kind: 'watching',
    sites: [{ site: 'https://call.example', granted: true, isPage: true }],
  });
});

test('a cookie that is set and removed between two looks is in the next, and gone in the one after', async () => {
  browser.granted.add('https://call.example');
  start();
  await pass(10);
  browser.happen('cookies', httpOnly);
  browser.happen('cookies');
  await pass(700);
  const held = captures.map(({ cookies }) => cookies.map(({ name, url }) => [name, url]));
  expect(held).toEqual([[], [['session', 'https://call.example/room?t=1']], []]);
});

test('of a cookie that is set again and again, every value is seen, and none twice', async () => {
  browser.granted.add('https://call.example');
  const last = { ...httpOnly, value: `${long}-3`, url: 'https://call.example/room?t=1' };
  browser.cookies = [last];
  start();
  await pass(10);
  for (const end of ['-1', '-2', '-2', '-3']) browser.happen('cookies', { ...httpOnly, value: `${long}${end}` });
  await pass(700);
  expect(captures.map(({ cookies }) => cookies.map(({ value }) => value))).toEqual([
    [`${long}-3`],
    [`${long}-3`, `${long}-1`, `${long}-2`],
    [`${long}-3`],
  ]);
});

test.each<[what: string, cookie: Cookie]>([
  ['another host', { ...httpOnly, domain: 'other.example' }],
  ['a host whose name ends alike', { ...httpOnly, domain: 'all.example', hostOnly: false }],
  ['the partition of another site', { ...httpOnly, partitionedBy: 'https://other.example' }],
])('a cookie of %s that is set meanwhile is no business of the page', async (_, cookie) => {
  browser.granted.add('https://call.example');
  start();
  await pass(10);
  browser.happen('cookies', cookie);
  await pass(700);
  expect(captures.flatMap(({ cookies }) => cookies)).toEqual([]);
});

test('one below whose path no document lies is, as its requests carry it', async () => {
  browser.granted.add('https://call.example');
  start();
  await pass(10);
  browser.happen('cookies', { ...httpOnly, path: '/api' });
  await pass(700);
  expect(captures.flatMap(({ cookies }) => cookies.map(({ path, url }) => [path, url]))).toEqual([
    ['/api', 'https://call.example/api'],
  ]);
});

test('a cookie of a site that may not be read is not kept', async () => {
  start();
  await pass(10);
  browser.happen('cookies', httpOnly);
  await pass(700);
  browser.granted.add('https://call.example');
  browser.happen('access');
  await pass(700);
  expect(captures.flatMap(({ cookies }) => cookies)).toEqual([]);
});

test('a capture says of which hosts it holds only the cookies that scripts tell of', async () => {
  browser.granted.add('https://call.example');
  browser.cookies = [httpOnly];
  start();
  await pass(10);
  browser.granted.delete('https://call.example');
  browser.happen('access');
  await pass(700);
  expect(captures.map(({ cookies, closedHosts }) => [cookies.length, closedHosts])).toEqual([
    [1, []],
    [0, ['call.example']],
  ]);
});

test('access granted later is used at once', async () => {
  start();
  await pass(10);
  browser.cookies = [];
  browser.granted.add('https://call.example');
  browser.happen('access');
  await pass(20);
  expect(states.at(-1)).toMatchObject({ kind: 'watching', sites: [{ granted: true }] });
});

test('a page that does not answer keeps what was read, is not asked twice, and recovers by itself', async () => {
  store('https://call.example', { auth: long });
  start();
  await pass(10);
  browser.silent.add(undefined);
  await pass(6000);
  expect(states.at(-1)?.kind).toBe('failed');
  expect(texts(captures.at(-1))).toEqual([`auth=${long}`]);
  expect(wrongIn(captures.at(-1))?.map(({ code }) => code)).toEqual(['page-not-answering']);
  const asked = browser.evaluated.length;
  await pass(30_000);
  expect(browser.evaluated.length).toBe(asked);
  browser.silent.clear();
  browser.answerNow();
  await pass(20);
  expect(states.at(-1)?.kind).toBe('watching');
  expect(wrongIn(captures.at(-1))).toEqual([]);
});

test('a page that is left while it does not answer does not block the next one', async () => {
  browser.silent.add(undefined);
  start();
  await pass(10);
  browser.silent.clear();
  store('https://call.example', { next: long });
  browser.happen('page');
  await pass(defaultPace.patience + 100);
  expect(states.at(-1)?.kind).toBe('watching');
  expect(texts(captures.at(-1))).toEqual([`next=${long}`]);
});

test.each([
  ['chrome://settings/', 'browser-page'],
  ['file:///home/ada/call.html', 'file'],
  ['about:blank', 'other'],
])('%s is not supported', async (url, reason) => {
  browser = createFakeBrowser(url);
  start();
  await pass(10);
  expect(states.at(-1)).toEqual({ kind: 'unsupported', url, reason });
});

test('a page that keeps refusing is sandboxed; its URL still counts', async () => {
  browser.refusing.add(undefined);
  start();
  await pass(10);
  expect(states.at(-1)?.kind).toBe('loading');
  await pass(2000);
  expect(states.at(-1)).toMatchObject({ kind: 'unsupported', reason: 'sandboxed' });
  expect(captures.at(-1)?.page?.url).toBe('https://call.example/room?t=1#x');
});

test('a page into which no extension may is none that is sandboxed', async () => {
  browser.evaluate = async () => ({ ok: false, code: 'forbidden', message: 'not allowed' });
  start();
  await pass(2000);
  expect(states.at(-1)).toMatchObject({ kind: 'unsupported', reason: 'other' });
});

test('where the browser is asked for cookies and does not tell them, that is said until it does', async () => {
  browser.granted.add('https://call.example');
  const { listCookies } = browser;
  browser.listCookies = () => Promise.reject(new Error('There is no telling.'));
  start();
  await pass(3000);
  expect(wrongIn(captures.at(-1))).toMatchObject([{ code: 'cookies-unread' }]);
  browser.listCookies = listCookies;
  await pass(3000);
  expect(wrongIn(captures.at(-1))).toEqual([]);
});

test('documents that each refuse because they are left are no sandboxed page, and what was read before stays with its time', async () => {
  store('https://call.example', { auth: long });
  start();
  await pass(10);
  expect(texts(captures.at(-1))).toEqual([`auth=${long}`]);
  browser.refusing.add(undefined);
  const [top] = browser.frames;
  if (!top) throw new Error('no page');
  for (let load = 0; load < 400; load += 1) {
    browser.frames[0] = { ...top, documentId: `load ${load}`, url: `https://call.example/room?${load}` };
    browser.happen('page');
    await pass(30);
  }
  expect(states.map(({ kind }) => kind)).not.toContain('unsupported');
  expect(wrongIn(captures.at(-1))).toMatchObject([
    {
      code: 'page-moving',
      message: expect.stringMatching(/faster than it can be read; .* last read at \d\d:\d\d:\d\d\.$/),
    },
  ]);
  expect(texts(captures.at(-1))).toEqual([`auth=${long}`]);
  browser.refusing.clear();
  browser.happen('page');
  await pass(3000);
  expect(wrongIn(captures.at(-1))).toEqual([]);
});

test('an address that changes all the time holds up nothing', async () => {
  store('https://call.example', { auth: long });
  start();
  await pass(10);
  store('https://call.example', { next: long });
  for (let change = 0; change < 100; change += 1) {
    browser.frames[0] = {
      ...(browser.frames[0] as (typeof browser.frames)[number]),
      url: `https://call.example/room#${change}`,
    };
    browser.happen('address');
    await pass(20);
  }
  expect(texts(captures.at(-1))).toEqual([`next=${long}`]);
  expect(wrongIn(captures.at(-1))).toEqual([]);
  expect(browser.evaluated.length).toBeLessThan(120);
});

test('a frame that vanishes is no problem, one that stays closed is told', async () => {
  frame(1, 'https://closed.example/a');
  browser.refusing.add('https://closed.example/a');
  start();
  await pass(10);
  expect(wrongIn(captures.at(-1))).toEqual([]);
  await pass(3000);
  expect(wrongIn(captures.at(-1))).toMatchObject([{ code: 'frame-unreadable', subject: 'https://closed.example/a' }]);
  browser.frames.pop();
  browser.happen('frames');
  await pass(100);
  expect(wrongIn(captures.at(-1))).toEqual([]);
});

test('a paused watch asks nothing, and looks at once when it goes on', async () => {
  start();
  await pass(10);
  watch.pause();
  await pass(10);
  const asked = browser.evaluated.length;
  await pass(20_000);
  expect(browser.evaluated.length).toBe(asked);
  store('https://call.example', { meanwhile: long });
  watch.resume();
  await pass(20);
  expect(texts(captures.at(-1))).toEqual([`meanwhile=${long}`]);
});

test('a rescan reports again even when nothing changed', async () => {
  start();
  await pass(10);
  watch.rescan();
  await pass(20);
  expect(captures).toHaveLength(2);
});
