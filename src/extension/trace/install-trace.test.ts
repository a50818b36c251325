import { beforeEach, expect, test, vi } from 'vitest';
import { jwt } from '../../../test/builders/tokens.ts';
import { createCallReader } from './call-reader.ts';
import { collectTrace } from './collect-trace.ts';
import { installTrace } from './install-trace.ts';
import { readRecords } from './read-records.ts';

const token = jwt({ sub: 'ada' });
const slot = '_0123456789abcdef0123456789abcdef';
const limits = { calls: 5, waiting: 10, characters: 50_000, text: 1000, stack: 1000, lease: 1e6, check: 1e6 };

/** Breakpoints by function, as the console's functions set them; the test makes the calls. */
const conditions = new Map<unknown, string>();
// A bound function is native to whoever asks, as those of the console are.
const debug = ((traced: unknown, condition: string) => void conditions.set(traced, condition)).bind(null);
const undebug = ((traced: unknown) => void conditions.delete(traced)).bind(null);
const holder = globalThis as unknown as Record<string, unknown>;
const native = (name: string) => Object.assign(() => {}, { label: name });

/** A page, as far as the trace looks at it. */
function createPage() {
  class StorageOfPage {
    setItem() {}
  }
  class XhrOfPage {
    setRequestHeader() {}
  }
  class SocketOfPage {
    send() {}
  }
  class DocumentOfPage {
    set cookie(_: string) {}
  }
  return {
    localStorage: new StorageOfPage(),
    Storage: StorageOfPage,
    XMLHttpRequest: XhrOfPage,
    WebSocket: SocketOfPage,
    Document: DocumentOfPage,
    fetch: native('fetch'),
    postMessage: native('postMessage'),
    window: globalThis,
    debug,
    undebug,
  };
}
let page: ReturnType<typeof createPage>;

beforeEach(() => {
  conditions.clear();
  delete holder[slot];
  page = createPage();
});

function run<T>(code: string): T {
  return new Function(...Object.keys(page), `return ${code}`)(...Object.values(page)) as T;
}
const install = (own = {}) =>
  run(`(${installTrace})("${slot}",debug,undebug,${JSON.stringify({ ...limits, ...own })},${createCallReader})`);

/** Calls a function as the browser does: the condition first, which must be false and must not throw. */
function call(traced: unknown, self: unknown, ...args: unknown[]): void {
  const condition = conditions.get(traced);
  if (condition === undefined) return;
  const check = new Function(`return ${condition}`) as (...given: unknown[]) => unknown;
  expect(check.apply(self, args)).toBe(false);
}
/** The condition of the function that collects is looked at like that of any other. */
function collect(which: -1 | -2): unknown {
  const noting = ((traced: (...args: unknown[]) => unknown, condition: string) => {
    conditions.set(traced, condition);
  }).bind(null);
  page.debug = noting as typeof debug;
  const code = `${collectTrace}`.replace(/take\(told\)/, '(collected(take, told), take(told))');
  return new Function(
    'collected',
    'slot',
    'which',
    'debug',
    'undebug',
    `return (${code})(slot, which, debug, undebug)`,
  )((take: unknown, told: unknown) => call(take, undefined, told), slot, which, noting, undebug);
}
const collected = () => readRecords(collect(-1), 'https://call.example/', Date.now() / 1000, () => 'call');
const texts = () =>
  (collected()?.calls ?? []).flatMap(({ traced, messages }) =>
    messages.map(({ text }, at) => [traced?.parts[at], text]),
  );

test('seven functions are traced, in one property that is not listed, and the end takes all of it away', () => {
  expect(install()).toBe('installed');
  expect(conditions.size).toBe(7);
  expect(Object.keys(holder)).not.toContain(slot);
  collect(-2);
  expect(conditions.size).toBe(0);
  expect(slot in holder).toBe(false);
});

test('each function tells the texts that it handles', () => {
  install();
  call(page.Storage.prototype.setItem, page.localStorage, 'auth', token);
  call(Object.getOwnPropertyDescriptor(page.Document.prototype, 'cookie')?.set, {}, `sid=${token}`);
  call(page.fetch, undefined, new URL(`https://a.example/?t=1`), { headers: { 'X-Token': token }, body: `b=${token}` });
  call(page.fetch, undefined, new Request('https://b.example/', { headers: { authorization: token } }));
  call(page.fetch, undefined, '/list', { headers: [['x-list', token]] });
  call(page.XMLHttpRequest.prototype.setRequestHeader, {}, 'X-Token', token);
  call(page.WebSocket, {}, `wss://a.example/?t=${token}`, ['v1', token]);
  call(page.WebSocket.prototype.send, {}, new TextEncoder().encode(token));
  call(page.postMessage, {}, { type: 'auth', deep: { token } }, '*');
  expect(texts()).toEqual([
    ['value', token],
    ['cookie', `sid=${token}`],
    ['URL', 'https://a.example/?t=1'],
    ['header X-Token', token],
    ['body', `b=${token}`],
    ['URL', 'https://b.example/'],
    ['header authorization', token],
    ['URL', '/list'],
    ['header x-list', token],
    ['header X-Token', token],
    ['URL', `wss://a.example/?t=${token}`],
    ['sub-protocol.0', 'v1'],
    ['sub-protocol.1', token],
    ['message', token],
    ['message.type', 'auth'],
    ['message.deep.token', token],
  ]);
});

test('getters of the page’s objects are not called, and what throws, or never ends, is passed over', () => {
  install();
  let called = 0;
  const count = () => {
    called += 1;
    return called;
  };
  const getting = Object.defineProperty({ token }, 'secret', { enumerable: true, get: count });
  const throwing = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error('no');
      },
    },
  );
  const circular: Record<string, unknown> = { token };
  circular.self = circular;
  call(page.postMessage, {}, getting, '*');
  call(page.postMessage, {}, throwing, '*');
  call(page.postMessage, {}, circular, '*');
  call(
    page.fetch,
    undefined,
    { toString: count },
    {
      get headers() {
        called += 1;
        return called;
      },
    },
  );
  call(page.Storage.prototype.setItem, page.localStorage, Symbol('x'), { toString: count });
  expect(called).toBe(0);
  expect(texts().map(([, text]) => text)).toContain(token);
});

test('texts, and all of them together, are bounded', () => {
  install({ characters: 5000 });
  for (let i = 0; i < 5; i += 1) call(page.Storage.prototype.setItem, page.localStorage, 'k', 'x'.repeat(1e6));
  for (let i = 0; i < 5; i += 1) call(page.WebSocket.prototype.send, {}, 'y'.repeat(1e6));
  const records = collected();
  expect(records?.missed).toBeGreaterThan(0);
  const all = records?.calls.flatMap(({ messages }) => messages.map(({ text }) => text.length)) ?? [];
  expect(Math.max(...all)).toBe(1000);
  expect(all.reduce((sum, length) => sum + length, 0)).toBeLessThan(7000);
});

test('a function that is called too often is left alone, the others are not, and it is told once', () => {
  install();
  const { setItem } = page.Storage.prototype;
  for (let i = 0; i < 100; i += 1) call(setItem, page.localStorage, 'k', `${i}`);
  expect(conditions.has(setItem)).toBe(false);
  call(page.WebSocket.prototype.send, {}, token);
  const first = collected();
  expect(first?.ended).toEqual(['setItem']);
  expect(first?.calls).toHaveLength(6);
  expect(collected()?.ended).toEqual([]);
});

test.each([
  ['deleted', () => delete holder[slot]],
  [
    'a function that throws',
    () =>
      Object.defineProperty(globalThis, slot, {
        configurable: true,
        value: () => {
          throw new Error('no');
        },
      }),
  ],
  ['a number', () => Object.defineProperty(globalThis, slot, { configurable: true, value: 7 })],
  [
    'a getter that throws',
    () =>
      Object.defineProperty(globalThis, slot, {
        configurable: true,
        get: () => {
          throw new Error('no');
        },
      }),
  ],
  ['a text of its own', () => Object.defineProperty(globalThis, slot, { configurable: true, value: () => ({}) })],
])('a call goes on when the page has put in its place: %s', (_, replace) => {
  install();
  replace();
  call(page.Storage.prototype.setItem, page.localStorage, 'auth', token);
  expect(collect(-1)).toBe('gone');
});

test('what the page replaces after the start changes nothing', () => {
  install();
  const { stringify } = JSON;
  const { slice } = String.prototype;
  const { now } = Date;
  try {
    JSON.stringify = () => {
      throw new Error('no');
    };
    String.prototype.slice = () => {
      throw new Error('no');
    };
    Date.now = () => {
      throw new Error('no');
    };
    call(page.Storage.prototype.setItem, page.localStorage, 'auth', token + 'x'.repeat(2000));
  } finally {
    Object.assign(JSON, { stringify });
    String.prototype.slice = slice;
    Date.now = now;
  }
  expect(texts()).toHaveLength(1);
});

test('a variable of the page in front of the console’s function is not called', () => {
  let called = 0;
  page.debug = (() => {
    called += 1;
  }) as typeof debug;
  expect(install()).toBe('hidden');
  expect(called).toBe(0);
  expect(slot in holder).toBe(false);
});

test('a variable that comes in front of the console’s function after the start is told, and not called', () => {
  install();
  const variable = vi.fn();
  expect(collectTrace(slot, -1, variable, undebug)).toBe('hidden');
  expect(collectTrace(slot, -1, false, undebug)).toBe('hidden');
  expect(variable).not.toHaveBeenCalled();
});

test('where breakpoints are switched off, that is what is told', () => {
  install();
  expect(collectTrace(slot, -1, debug, undebug)).toBe('idle');
});
