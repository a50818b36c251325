import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Traffic } from '../../engine/model/traffic.ts';
import type { Content, Network } from './network.ts';
import { recordTraffic } from './record-traffic.ts';

type Entry = Record<string, unknown>;

/** A network whose requests end, and whose log is looked at, by hand. */
function fakeNetwork() {
  const listeners = new Set<(entry: unknown, body: () => Promise<Content | null>) => void>();
  const loads = new Set<(url: string) => void>();
  const network = {
    log: [] as Entry[],
    looks: 0,
    finish: (entry: Entry, body: () => Promise<Content | null> = async () => null) => {
      for (const listener of listeners) listener(entry, body);
    },
    navigate: (url: string) => {
      network.log = [];
      for (const load of loads) load(url);
    },
    isHeard: () => listeners.size > 0,
  };
  const given: Network = {
    onFinished(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    entries: async () => {
      network.looks += 1;
      return network.log;
    },
    onNavigated(listener) {
      loads.add(listener);
      return () => loads.delete(listener);
    },
  };
  return { ...network, network, given };
}

let net: ReturnType<typeof fakeNetwork>;
let told: Traffic[];
let recording: ReturnType<typeof recordTraffic>;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  net = fakeNetwork();
  told = [];
  recording = recordTraffic(net.given, { clock: () => Date.now(), listener: (traffic) => told.push(traffic) });
  recording.start();
});
afterEach(() => {
  recording.stop();
  vi.useRealTimers();
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
  expect(unread()).toEqual({ media: 1, large: 1, lost: 0, skipped: 0 });
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
    net.finish(entry(`https://a.example/${index}`), () => {
      asked += 1;
      return new Promise((resolve) => waiting.push(() => resolve({ text: '{}', isBase64: false })));
    });
  await pass(10);
  expect(asked).toBe(32);
  for (const end of waiting.splice(0)) end();
  await pass(10);
  expect(asked).toBe(64);
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

test('two requests that are alike are both told when they end', async () => {
  net.finish(entry('https://a.example/'), () => json('1'));
  net.finish(entry('https://a.example/'), () => json('2'));
  await pass(100);
  expect(exchanges().map(({ responseBody }) => responseBody?.text)).toEqual(['1', '2']);
  expect(new Set(exchanges().map(({ name }) => name)).size).toBe(2);
});

test('a look that takes its time is followed by nineteen times as much rest', async () => {
  recording.stop();
  const slow: Network = { ...net.given, entries: () => new Promise((resolve) => setTimeout(() => resolve([]), 100)) };
  let looks = 0;
  recording = recordTraffic(
    {
      ...slow,
      entries: () => {
        looks += 1;
        return slow.entries();
      },
    },
    { clock: () => Date.now(), listener: () => {} },
  );
  recording.start();
  await pass(300 + 100 + 1900 + 50);
  expect(looks).toBe(2);
});

test('a browser that does not answer, or answers with nothing, ends nothing', async () => {
  recording.stop();
  let answer: () => Promise<unknown[] | null> = () => new Promise(() => {});
  recording = recordTraffic(
    { ...net.given, entries: () => answer() },
    { clock: () => Date.now(), listener: (traffic) => told.push(traffic) },
  );
  recording.start();
  await pass(11_000);
  answer = async () => null;
  await pass(200_000);
  answer = async () => [socket(['one'])];
  await pass(200_000);
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
