import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Entry, fakeNetwork } from '../../../test/doubles/fake-network.ts';
import { nothingUnread, type Traffic } from '../../engine/model/traffic.ts';
import type { Content, Log } from './network.ts';
import { recordTraffic } from './record-traffic.ts';

let net: ReturnType<typeof fakeNetwork>;
let told: Traffic[];
let recording: ReturnType<typeof recordTraffic>;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-20T12:00:00.000Z') });
  net = fakeNetwork();
  told = [];
  recording = recordTraffic(net.given, options());
  recording.start();
});
afterEach(() => {
  recording.stop();
  vi.useRealTimers();
});

const options = () => ({
  clock: () => Date.now(),
  listener: (traffic: Traffic) => void told.push(traffic),
  holdsToken: async (text: string) => text.includes('eyJ'),
});
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const exchanges = () => told.flatMap((one) => one.exchanges);
const unread = () => told.at(-1)?.unread;
const json = async (text: string): Promise<Content> => ({ text, isBase64: false });

function entry(url: string, { response = {}, at = '2026-11-20T12:00:00.000Z', ...more }: Entry = {}): Entry {
  return {
    startedDateTime: at,
    request: { method: 'GET', url, headers: [{ name: 'authorization', value: 'Bearer abc' }] },
    response: {
      status: 200,
      headers: [{ name: 'x-answer', value: 'yes' }],
      content: { size: 10, mimeType: 'application/json' },
      redirectURL: '',
      ...(response as Entry),
    },
    ...more,
  };
}
/** A number in letters: addresses that differ in numbers are of one kind. */
const lettersOf = (number: number) => String(number).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] ?? '');
const socket = (messages: string[], more: Entry = {}) =>
  entry('wss://call.example/ws', {
    response: { status: 101, content: {} },
    _resourceType: 'websocket',
    _webSocketMessages: messages.map((data, index) => ({ type: 'send', time: index, opcode: 1, data })),
    ...more,
  });

test('a request that ended is told with what it carried and the body of its reply', async () => {
  net.finish(entry('https://call.example/join'), () => json('{"token":"x"}'));
  await pass(100);
  expect(exchanges()).toMatchObject([
    {
      url: 'https://call.example/join',
      requestHeaders: [{ name: 'authorization', value: 'Bearer abc' }],
      responseHeaders: [{ name: 'x-answer', value: 'yes' }],
      responseBody: { text: '{"token":"x"}', mimeType: 'application/json' },
    },
  ]);
});

test('what comes at once is told at once', async () => {
  for (let index = 0; index < 20; index += 1) net.finish(entry(`https://call.example/${index}`), () => json('{}'));
  await pass(100);
  expect(told).toHaveLength(1);
  expect(exchanges()).toHaveLength(20);
});

test('bodies that are not worth it are not asked for, and counted where they exist', async () => {
  const ask = vi.fn(() => json(''));
  net.finish(entry('https://a.example/i.png', { response: { content: { size: 9, mimeType: 'image/png' } } }), ask);
  net.finish(entry('https://a.example/big', { response: { content: { size: 1e6, mimeType: 'text/html' } } }), ask);
  net.finish(entry('https://a.example/none', { response: { status: 204 } }), ask);
  net.finish(entry('https://a.example/moved', { response: { status: 302, redirectURL: 'https://b.example/#t' } }), ask);
  await pass(100);
  expect(ask).not.toHaveBeenCalled();
  expect(unread()).toEqual({ ...nothingUnread, media: 1, large: 1 });
  expect(exchanges().map(({ responseHeaders }) => responseHeaders.at(-1))).toContainEqual({
    name: 'Location',
    value: 'https://b.example/#t',
  });
});

test('a body the browser no longer has, or never hands over, is counted, and the rest of the request is told', async () => {
  net.finish(entry('https://a.example/1'), async () => null);
  net.finish(entry('https://a.example/2'), () => new Promise(() => {}));
  net.finish(entry('https://a.example/3'), () => Promise.reject(new Error('gone')));
  await pass(6000);
  expect(exchanges()).toHaveLength(3);
  expect(unread()?.lost).toBe(3);
});

test('many bodies are asked for at once, but not all', async () => {
  let asked = 0;
  const waiting: (() => void)[] = [];
  for (let index = 0; index < 100; index += 1)
    net.finish(entry(`https://a.example/${lettersOf(index)}`), () => {
      asked += 1;
      return new Promise((resolve) => waiting.push(() => resolve({ text: '{}', isBase64: false })));
    });
  await pass(10);
  expect(asked).toBe(32);
  for (const end of waiting.splice(0)) end();
  await pass(10);
  expect(asked).toBe(64);
});

test('of addresses that answer often the first few bodies are read, then one in twenty and one a second; the others are counted', async () => {
  const ask = vi.fn(() => json('{"state":"waiting"}'));
  for (let index = 0; index < 40; index += 1) net.finish(entry(`https://a.example/polls/${index}?at=${index}`), ask);
  await pass(3000);
  expect(ask).toHaveBeenCalledTimes(5 + 2);
  expect(unread()?.often).toBe(33);
  expect(exchanges()).toHaveLength(40);
  net.finish(entry('https://a.example/polls/41?at=41'), ask);
  expect(ask).toHaveBeenCalledTimes(8);
});

test('what an address with many answers asks for tells them apart: the operation, the parameters, the size', async () => {
  const ask = vi.fn(() => json('{}'));
  const asks = (operationName: string) => ({ postData: { text: JSON.stringify({ operationName }) } });
  const graph = (operation: string) =>
    entry('https://a.example/graphql', {
      request: { method: 'POST', url: 'https://a.example/graphql', ...asks(operation) },
    });
  for (let index = 0; index < 10; index += 1) net.finish(graph('poll'), ask);
  expect(ask).toHaveBeenCalledTimes(5);
  net.finish(graph('createToken'), ask);
  expect(ask).toHaveBeenCalledTimes(6);
  net.finish(
    { ...graph('poll'), response: { status: 200, content: { size: 500, mimeType: 'application/json' } } },
    ask,
  );
  expect(ask).toHaveBeenCalledTimes(7);
});

test('once a body held a token all of its kind are read, also those that came while it was looked at', async () => {
  const ask = vi.fn(() => json('{"token":"eyJ"}'));
  for (let index = 0; index < 40; index += 1) net.finish(entry(`https://a.example/join/${index}`), ask);
  await pass(3000);
  expect(ask).toHaveBeenCalledTimes(40);
  expect(unread()).toEqual(nothingUnread);
  const told = exchanges().filter(({ responseBody }) => responseBody);
  expect(new Set(told.map(({ name }) => name)).size).toBe(40);
});

test('a body that takes its time is told after its request', async () => {
  const slow = () =>
    new Promise<Content>((resolve) => setTimeout(() => resolve({ text: '{}', isBase64: false }), 1000));
  net.finish(entry('https://a.example/slow'), slow);
  await pass(300);
  expect(exchanges()).toMatchObject([{ name: 'request 1', requestHeaders: [{}], responseBody: null }]);
  await pass(1000);
  expect(exchanges()[1]).toMatchObject({
    name: 'request 1',
    isContinued: true,
    requestHeaders: [],
    responseHeaders: [],
    responseBody: { text: '{}', mimeType: 'application/json' },
  });
});

test('bodies that come faster than they are handed over are counted, the newest are read, and what follows is not kept waiting', async () => {
  const ends: (() => void)[] = [];
  const ask = () => new Promise<Content>((resolve) => ends.push(() => resolve({ text: '{}', isBase64: false })));
  for (let index = 0; index < 700; index += 1) net.finish(entry(`https://a.example/${lettersOf(index)}`), ask);
  await pass(4000);
  expect(unread()?.crowded).toBe(700 - 32 - 500);
  for (const end of ends.splice(0)) end();
  await pass(100);
  net.finish(entry('https://a.example/later'), () => json('later'));
  await pass(300);
  expect(exchanges().map(({ responseBody }) => responseBody?.text)).toContain('later');
  expect(unread()?.crowded).toBe(700 - 32);
});

test('the page’s own document, which is read as it stands, is told apart from what else is not handed over', async () => {
  net.navigate('https://call.example/next#here');
  const document = { _resourceType: 'document' };
  net.finish(entry('https://call.example/next', document), async () => null);
  net.finish(entry('https://frame.example/', document), async () => null);
  net.finish(entry('https://call.example/next'), async () => null);
  await pass(1000);
  expect(unread()).toMatchObject({ documents: 1, lost: 2 });
});

test('bodies that a navigation takes along are told apart from those that the browser lost', async () => {
  let end = () => {};
  net.finish(entry('https://a.example/left'), () => new Promise((resolve) => (end = () => resolve(null))));
  net.navigate('https://a.example/next');
  end();
  net.finish(entry('https://a.example/lost'), async () => null);
  await pass(1000);
  expect(unread()).toMatchObject({ navigation: 1, lost: 1 });
});

test('what has not ended is found by looking, and told once; its messages as they come', async () => {
  net.network.log = [socket(['one', 'two']), entry('https://a.example/stream', { response: { status: 0 } })];
  await pass(500);
  net.network.log = [socket(['one', 'two', 'three']), entry('https://a.example/stream')];
  await pass(1500);
  const [first, pending, more, answered] = exchanges();
  expect(exchanges()).toHaveLength(4);
  expect(first).toMatchObject({ url: 'wss://call.example/ws', messages: [{ text: 'one' }, { text: 'two' }] });
  expect(pending).toMatchObject({ url: 'https://a.example/stream', status: null });
  expect(more).toMatchObject({ isContinued: true, requestHeaders: [], messages: [{ text: 'three' }] });
  expect(answered).toMatchObject({ isContinued: true, responseHeaders: [{ name: 'x-answer' }] });
});

test('headers of which the browser knows only later are told then: a cookie that was sent, one that was set', async () => {
  const asked = { name: 'authorization', value: 'Bearer abc' };
  const cookie = { name: 'cookie', value: 'session=abc' };
  const set = { name: 'set-cookie', value: 'session=def' };
  const answered = { name: 'cache-control', value: 'no-store' };
  const open = (headers: unknown[], answer: unknown[]) => ({
    ...entry('https://a.example/stream', { response: { headers: answer } }),
    request: { method: 'GET', url: 'https://a.example/stream', headers },
  });
  net.network.log = [open([asked], [answered])];
  await pass(500);
  net.network.log = [open([asked, cookie], [answered, set])];
  await pass(3000);
  expect(exchanges()).toMatchObject([
    { requestHeaders: [asked], responseHeaders: [answered] },
    { isContinued: true, requestHeaders: [cookie], responseHeaders: [answered, set] },
  ]);
});

test('a socket that waits for its connection has neither start nor method, and is the same once it is connected', async () => {
  const waiting = {
    ...socket([], { at: '1969-12-31T23:59:59.000Z', response: { status: 0, content: {} } }),
    request: { method: '', url: 'wss://call.example/ws', headers: [] },
  };
  net.network.log = [waiting, waiting];
  await pass(500);
  net.network.log = [socket([], { at: '2026-11-20T12:00:03.000Z' }), socket(['one'])];
  await pass(3000);
  expect(exchanges().map(({ isContinued, startedAt }) => [isContinued ?? false, startedAt !== null])).toEqual([
    [false, false],
    [false, false],
    [true, true],
    [true, true],
  ]);
});

test('a socket that closes is told only with what is new', async () => {
  net.network.log = [socket(['one'])];
  await pass(500);
  net.finish(socket(['one', 'two']));
  await pass(500);
  expect(exchanges().map(({ messages }) => messages.map(({ text }) => text))).toEqual([['one'], ['two']]);
  net.network.log = [socket(['one', 'two'])];
  await pass(3000);
  expect(exchanges()).toHaveLength(2);
});

test('only the new messages of a socket are read, and numbered on', async () => {
  const texts = Array.from({ length: 1000 }, (_, index) => `message ${index}`);
  net.network.log = [socket(texts)];
  await pass(500);
  let reads = 0;
  const counted = [...texts, 'one more'].map((data, index) => ({
    type: 'send',
    time: index,
    opcode: 1,
    get data() {
      reads += 1;
      return data;
    },
  }));
  net.network.log = [socket([], { _webSocketMessages: counted })];
  await pass(1000);
  expect(exchanges()[1]).toMatchObject({ messagesBefore: 1000, messages: [{ text: 'one more' }] });
  expect(reads).toBe(1);
});

test('sockets that are alike are told apart', async () => {
  const at = (time: number, ...texts: string[]) =>
    socket([], {
      _webSocketMessages: texts.map((data, index) => ({ type: 'receive', time: time + index, opcode: 1, data })),
    });
  net.network.log = [at(0), at(0)];
  await pass(500);
  net.network.log = [at(100, 'a'), at(200, 'b')];
  await pass(500);
  net.finish(at(200, 'b', 'c'));
  net.network.log = [at(100, 'a', 'd'), at(200, 'b', 'c')];
  await pass(1500);
  const texts = (name: string) =>
    exchanges().flatMap((one) => (one.name === name ? one.messages.map(({ text }) => text) : []));
  expect([texts('request 1'), texts('request 2')]).toEqual([
    ['a', 'd'],
    ['b', 'c'],
  ]);
});

test('a socket that waits for its connection is the same once it has one', async () => {
  net.network.log = [socket([], { at: '1969-12-31T23:59:59.000Z', response: { status: 0 } })];
  await pass(500);
  net.network.log = [socket(['one'])];
  await pass(500);
  expect(exchanges()).toMatchObject([{ name: 'request 1' }, { name: 'request 1', isContinued: true }]);
});

test('a change of the URL alone has nothing told again, and a load has what it took along counted', async () => {
  net.network.pages = [1_000];
  net.network.log = [socket(['one'])];
  await pass(500);
  const { log } = net.network;
  net.navigate('https://call.example/#there');
  net.network.log = log;
  await pass(1500);
  expect(exchanges()).toHaveLength(1);
  expect(unread()).toEqual({ ...nothingUnread, forgotten: 1 });
  net.navigate('https://call.example/next');
  net.network.pages = [2_000];
  await pass(1500);
  expect(unread()).toEqual({ ...nothingUnread, forgotten: 2, navigation: 1 });
});

test('where the browser preserves the log, nothing is told again and nothing said to be missing', async () => {
  const start = Date.parse('2026-11-20T12:00:00.000Z') / 1000;
  net.network.pages = [start + 60];
  net.network.log = [socket(['one']), entry('https://a.example/before')];
  net.finish(entry('https://a.example/before'), () => json('{}'));
  await pass(500);
  const { log } = net.network;
  net.navigate('https://call.example/next');
  net.network.log = log;
  net.network.pages = [start + 120, start + 60];
  await pass(1500);
  expect(exchanges()).toHaveLength(2);
  expect(unread()).toEqual(nothingUnread);
});

test('a pause asks for nothing, and what was made meanwhile is counted afterwards, but for what is still open', async () => {
  const ask = vi.fn(() => json('{}'));
  net.network.log = [entry('https://a.example/before')];
  net.finish(entry('https://a.example/before'), () => json('{}'));
  await pass(500);
  recording.stop();
  const { looks } = net.network;
  net.finish(entry('https://a.example/meanwhile'), ask);
  net.network.log = [
    entry('https://a.example/before'),
    entry('https://a.example/meanwhile'),
    entry('https://a.example/failed', { response: { status: 0, _error: 'net::ERR_ABORTED' } }),
    socket(['one']),
  ];
  await pass(5000);
  expect([net.network.looks - looks, ask.mock.calls.length]).toEqual([0, 0]);
  recording.start();
  await pass(500);
  expect(exchanges().map(({ url }) => url)).toEqual(['https://a.example/before', 'wss://call.example/ws']);
  expect(unread()).toEqual({ ...nothingUnread, pauses: 1, paused: 2 });
  await pass(3000);
  expect(exchanges()).toHaveLength(2);
});

test('what is made once a pause has ended is told, though it has ended before the first look', async () => {
  recording.stop();
  await pass(5000);
  recording.start();
  net.network.log = [
    entry('https://a.example/meanwhile', { at: '2026-11-20T12:00:04.999Z' }),
    entry('https://a.example/after', { at: '2026-11-20T12:00:05.000Z' }),
  ];
  await pass(1000);
  expect(exchanges().map(({ url }) => url)).toEqual(['https://a.example/after']);
  expect(unread()).toEqual({ ...nothingUnread, pauses: 1, paused: 1 });
});

test('a pause ends when that was wanted, not when it was heard of', async () => {
  recording.stop();
  await pass(5000);
  recording.start(Date.parse('2026-11-20T12:00:04.500Z'));
  net.network.log = [
    entry('https://a.example/meanwhile', { at: '2026-11-20T12:00:04.499Z' }),
    entry('https://a.example/after', { at: '2026-11-20T12:00:04.999Z' }),
  ];
  await pass(1000);
  expect(exchanges().map(({ url }) => url)).toEqual(['https://a.example/after']);
  expect(unread()).toEqual({ ...nothingUnread, pauses: 1, paused: 1 });
});

test('bodies that wait when watching is paused are not asked for any more', async () => {
  const ask = vi.fn(() => new Promise<Content>(() => {}));
  for (let index = 0; index < 40; index += 1) net.finish(entry(`https://a.example/${lettersOf(index)}`), ask);
  recording.stop();
  await pass(10_000);
  expect(ask).toHaveBeenCalledTimes(32);
  expect(unread()).toMatchObject({ paused: 8, lost: 32 });
});

const viaWorker = (entry: Entry, source = 'network'): Entry => ({
  ...entry,
  response: {
    ...(entry.response as Entry),
    _fetchedViaServiceWorker: true,
    _serviceWorkerResponseSource: source,
  },
});
const passedOn = (cookie: string) =>
  entry('https://a.example/api', {
    request: {
      method: 'GET',
      url: 'https://a.example/api',
      headers: [
        { name: 'Authorization', value: 'Bearer abc' },
        { name: 'Cookie', value: cookie },
      ],
    },
    at: '2026-11-20T12:00:00.005Z',
  });

test('what a service worker passes on counts once, with what only one of the two carries', async () => {
  const body = vi.fn(() => json('{"token":"x"}'));
  net.finish(passedOn('a=b'), body);
  await pass(20);
  net.finish(viaWorker(entry('https://a.example/api')), body);
  await pass(500);
  expect(exchanges().map(({ name }) => name)).toEqual(['request 1', 'request 1']);
  expect(exchanges()[1]).toMatchObject({
    isContinued: true,
    requestHeaders: [],
    responseHeaders: [],
    responseBody: null,
  });
  expect(body).toHaveBeenCalledTimes(1);
});

test('what a service worker answers itself is read, too, and the other way round only what is new is told', async () => {
  net.finish(viaWorker(entry('https://a.example/api'), 'cache-storage'), () => json('{"token":"y"}'));
  await pass(20);
  net.finish(passedOn('a=b'), () => json('{"token":"x"}'));
  await pass(500);
  expect(exchanges()).toMatchObject([
    { name: 'request 1', responseBody: { text: '{"token":"y"}' } },
    { name: 'request 1', requestHeaders: [{ name: 'Cookie', value: 'a=b' }], responseBody: { text: '{"token":"x"}' } },
  ]);
});

test('a reply that does not end, and a worker that is not told of, are said while they are so', async () => {
  net.network.log = [
    entry('https://a.example/endless'),
    {
      request: { method: 'GET', url: 'https://a.example/worker.js', headers: [{}] },
      response: { status: 0 },
      _resourceType: 'script',
    },
    socket(['one']),
    entry('https://a.example/events', { _resourceType: 'eventsource' }),
  ];
  await pass(5000);
  expect(unread()).toEqual({ ...nothingUnread, unended: 1, sharedWorkers: 1 });
  net.network.log = [];
  await pass(5000);
  expect(unread()).toMatchObject({ unended: 0, sharedWorkers: 0 });
});

test('above five thousand requests it is told how seldom they are looked at', async () => {
  recording.stop();
  const entries = Array.from({ length: 5001 }, (_, index) => entry(`https://a.example/${index}`));
  const log = () => new Promise<Log>((resolve) => setTimeout(() => resolve({ entries, pages: [] }), 650));
  recording = recordTraffic({ ...net.given, log }, options());
  recording.start();
  await pass(2000);
  expect(unread()?.lookSeconds).toBe(13);
});

test('thirty thousand requests are each told once, however often they are looked at', async () => {
  net.network.log = Array.from({ length: 30_000 }, (_, index) => entry(`https://a.example/${index}`));
  for (const one of net.network.log) net.finish(one, async () => null);
  await pass(1500);
  expect(exchanges().filter(({ isContinued }) => !isContinued)).toHaveLength(30_000);
}, 90_000);

test('two requests that are alike are both told when they end', async () => {
  net.finish(entry('https://a.example/'), () => json('1'));
  net.finish(entry('https://a.example/'), () => json('2'));
  await pass(100);
  expect(exchanges().map(({ responseBody }) => responseBody?.text)).toEqual(['1', '2']);
  expect(new Set(exchanges().map(({ name }) => name)).size).toBe(2);
});

test('one slow look among quick ones makes no difference', async () => {
  recording.stop();
  let looks = 0;
  const log = async () => {
    looks += 1;
    if (looks === 2) await new Promise((resolve) => setTimeout(resolve, 1000));
    return { entries: [], pages: [] };
  };
  recording = recordTraffic({ ...net.given, log }, options());
  recording.start();
  await pass(300 + 300 + 1000 + 350);
  expect(looks).toBe(3);
});

test('looks that bring nothing ten times become rarer, until something happens', async () => {
  await pass(3050);
  const { looks } = net.network;
  await pass(3000);
  expect(net.network.looks - looks).toBeLessThanOrEqual(4);
  net.finish(entry('https://a.example/'));
  await pass(1300);
  expect(net.network.looks - looks).toBeGreaterThanOrEqual(7);
});

test('a browser that does not answer, or answers with nothing, ends nothing', async () => {
  recording.stop();
  let answer: () => Promise<Log | null> = () => new Promise(() => {});
  recording = recordTraffic({ ...net.given, log: () => answer() }, options());
  recording.start();
  await pass(31_000);
  answer = async () => null;
  await pass(600_000);
  answer = async () => ({ entries: [socket(['one'])], pages: [] });
  await pass(600_000);
  expect(exchanges()).toHaveLength(1);
});

test('nothing is heard or asked after the end, and everything again after another beginning', async () => {
  recording.stop();
  const { looks } = net.network;
  await pass(5000);
  expect(net.network.looks).toBe(looks);
  expect(net.isHeard()).toBe(false);
  recording.start();
  recording.start();
  net.finish(entry('https://a.example/'));
  await pass(500);
  expect(exchanges()).toHaveLength(1);
});

test.each<[string, unknown]>([
  ['null', null],
  ['a list', []],
  ['members of other kinds', { request: 7, response: 'x', startedDateTime: {}, _webSocketMessages: 3 }],
])('an entry that is %s takes nothing else along', async (_, odd) => {
  net.finish(odd as Entry);
  net.finish(entry('https://a.example/'), () => json('{}'));
  await pass(6000);
  expect(exchanges().map(({ url }) => url)).toContain('https://a.example/');
});

test.each<[string, (what: string) => Entry]>([
  [
    'body',
    (text) => ({ method: 'POST', url: 'https://a.example/graphql', headers: [], postData: { mimeType: '', text } }),
  ],
  ['header', (value) => ({ method: 'GET', url: 'https://a.example/me', headers: [{ name: 'authorization', value }] })],
])('of two requests of one moment that differ in a %s alone, each is told of what it sends', async (_, requestOf) => {
  const [slow, quick] = ['slow', 'quick'].map((what) => entry('', { request: requestOf(what) })) as [Entry, Entry];
  net.finish(quick);
  net.network.log = [{ ...slow, response: {} }, quick];
  await pass(1000);
  net.finish(slow);
  await pass(1000);
  const sent = exchanges().flatMap(({ requestBody, requestHeaders }) => [
    requestBody?.text,
    ...requestHeaders.map(({ value }) => value),
  ]);
  expect(sent).toEqual(expect.arrayContaining(['slow', 'quick']));
});

test('of two requests of one moment, the first of which does not end, each is told once, in whatever order they are listed', async () => {
  const by = (value: string, time: number) =>
    entry('', {
      request: { method: 'GET', url: 'https://a.example/me', headers: [{ name: 'authorization', value }] },
      time,
    });
  const [unread, ended] = [by('ada', 31.25), by('bob', 12.5)];
  net.network.log = [unread, ended];
  net.finish(ended);
  await pass(3000);
  net.finish(unread);
  await pass(3000);
  const sent = exchanges().flatMap(({ name, requestHeaders }) => requestHeaders.map(({ value }) => [name, value]));
  expect(sent).toEqual([
    ['request 1', 'bob'],
    ['request 2', 'ada'],
  ]);
});

test('a cookie that is told only after a request has ended is told at the next look', async () => {
  const cookie = { name: 'set-cookie', value: 'session=abc; HttpOnly' };
  const moved = { status: 302, redirectURL: 'https://call.example/', headers: [{ name: 'location', value: '/' }] };
  const early = entry('https://id.example/login', { response: moved });
  net.finish(early);
  await pass(100);
  net.network.log = [{ ...early, response: { ...moved, headers: [...moved.headers, cookie] } }];
  await pass(3000);
  const [first, second, ...more] = exchanges();
  expect(first).toMatchObject({ url: 'https://id.example/login' });
  expect(second).toMatchObject({ name: first?.name, isContinued: true });
  expect(second?.responseHeaders).toContainEqual(cookie);
  expect(more).toEqual([]);
});

test('what a page sent before another was loaded is told of that page', async () => {
  const app = 'https://call.example/room';
  net.navigate(app);
  await pass(5000);
  const beacon = entry('https://api.call.example/leave', { at: '2026-11-20T12:00:05.990Z', response: {} });
  const early = entry('https://id.other/config', { at: '2026-11-20T12:00:06.050Z', response: {} });
  await pass(1100);
  net.navigate('https://id.other/login');
  net.network.pages = [Date.parse('2026-11-20T12:00:00.000Z') / 1000, Date.parse('2026-11-20T12:00:06.000Z') / 1000];
  net.network.log = [beacon, early];
  await pass(3000);
  expect(exchanges().map(({ url, pageUrl }) => [url, pageUrl])).toEqual(
    [
      [beacon, app],
      [early, 'https://id.other/login'],
    ].map(([one, page]) => [(one as { request: { url: string } }).request.url, page]),
  );
});
