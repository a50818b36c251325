import { afterEach, expect, test, vi } from 'vitest';

interface Told {
  messages: { from: string; text: string }[];
  unread: number;
  reopened: number;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Stands among messages for `document.open()`. */
const reopening = { type: 'reopening' };
/** The same for another root of the document. */
const changing = { type: 'changing' };

/** A window as far as the listener asks it. */
function stubWindow() {
  type Listener = (event: Partial<MessageEvent>) => void;
  let listeners: Record<string, Listener> = {};
  let changed = () => {};
  vi.stubGlobal('roomkeyHears', undefined);
  vi.stubGlobal('location', { href: 'https://meet.example/' });
  vi.stubGlobal('document', {});
  vi.stubGlobal('MutationObserver', function (this: object, listener: () => void) {
    changed = listener;
    return { observe() {}, disconnect() {} };
  });
  vi.stubGlobal('addEventListener', (type: string, listener: Listener) => {
    listeners[type] = listener;
  });
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('dispatchEvent', (event: Event) => listeners[event.type]?.({}));
  return {
    post: (event: Partial<MessageEvent>) =>
      listeners.message?.({ origin: 'https://call.example', ports: [], isTrusted: true, ...event }),
    /** Takes away what listens, and what the document holds. */
    reopen() {
      listeners = {};
      changed();
    },
    /** Puts another root into the document. */
    change: () => changed(),
  };
}

/** What the listener tells of these messages. */
async function toldOf(...events: Partial<MessageEvent>[]): Promise<Told> {
  let resolve: (told: Told) => void = () => {};
  const told = new Promise<Told>((settle) => {
    resolve = settle;
  });
  const window = stubWindow();
  vi.stubGlobal('chrome', {
    runtime: {
      sendMessage: (message: Told) => {
        resolve(message);
        return Promise.resolve('heard');
      },
    },
  });
  await import('./message-listener.ts');
  for (const event of events)
    if (event === reopening) window.reopen();
    else if (event === changing) window.change();
    else window.post(event);
  return told;
}

test('a message that the page made up itself was posted by nobody', async () => {
  const { messages } = await toldOf(
    { data: 'forged', origin: 'https://bank.example', isTrusted: false },
    { data: 'posted' },
  );
  expect(messages).toMatchObject([{ from: 'https://call.example', text: 'posted' }]);
});

test('of a part of a buffer, that part is read', async () => {
  const { buffer } = new TextEncoder().encode(`${'x'.repeat(20_000)}a token`);
  const { messages, unread } = await toldOf({ data: { part: new Uint8Array(buffer, 20_000) } });
  expect(messages[0]?.text).toBe('{"part":"a token"}');
  expect(unread).toBe(0);
});

test.each<[string, unknown]>([
  ['long', 'x'.repeat(300_000)],
  ['long inside', { text: 'x'.repeat(300_000) }],
  ['of many bytes', new Uint8Array(10_000)],
  ['of many values', Array.from({ length: 6000 }, () => ({}))],
])('a message that is too %s is counted, as it is not read to the end', async (_, data) => {
  expect((await toldOf({ data })).unread).toBe(1);
});

const long = 'a-text-that-may-hold-a-token';
test('a flood pushes out its own, and not the message of another kind that came before or within it', async () => {
  const flood = Array.from({ length: 100 }, (_, index) => ({ data: { flood: `${long}-${index}` } }));
  const { messages, unread } = await toldOf(
    { data: { token: `${long}-before` } },
    ...flood.slice(0, 50),
    { data: { token: `${long}-within` } },
    ...flood.slice(50),
  );
  expect(messages).toHaveLength(20);
  expect(messages.filter(({ text }) => text.includes('token"')).map(({ text }) => text)).toEqual([
    `{"token":"${long}-before"}`,
    `{"token":"${long}-within"}`,
  ]);
  expect(unread).toBe(82);
});

test('messages that hold no token keep none that does from being told, and are not missed', async () => {
  const chatter = Array.from({ length: 90 }, (_, index) => ({ data: { x: index } }));
  const { messages, unread } = await toldOf(...chatter, { data: long }, ...chatter);
  expect(messages.map(({ text }) => text)).toContain(long);
  expect(unread).toBe(0);
});

test('more than can be read in a moment are counted', async () => {
  const { unread } = await toldOf(...Array.from({ length: 250 }, () => ({ data: 'x' })));
  expect(unread).toBe(50);
});

test('a document that is opened anew is heard on, and what the page could keep to itself meanwhile is said', async () => {
  const { messages, reopened } = await toldOf({ data: 'before' }, reopening, { data: 'after' });
  expect(messages.map(({ text }) => text)).toEqual(['before', 'after']);
  expect(reopened).toBe(1);
});

test('a root that is put in the place of another takes nothing away', async () => {
  expect(await toldOf({ data: 'before' }, changing, { data: 'after' })).toMatchObject({ reopened: 0, unread: 0 });
});
