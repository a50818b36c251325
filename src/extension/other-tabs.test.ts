import { beforeEach, expect, test } from 'vitest';
import { createOtherTabs, type TabsChannel } from './other-tabs.ts';

let channels: Set<TabsChannel>;
let locks: ReturnType<typeof createLocks>;

beforeEach(() => {
  channels = new Set();
  locks = createLocks();
});

/** A channel, as browsers have it: every other one hears what is posted. */
function join(): TabsChannel {
  const channel: TabsChannel = {
    onmessage: null,
    postMessage: (data) => {
      for (const other of channels) if (other !== channel) other.onmessage?.(new MessageEvent('message', { data }));
    },
  };
  channels.add(channel);
  return channel;
}

/** Locks, as browsers have them: whoever asks for one that is held waits for its end. */
function createLocks() {
  const held = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  const request = async (name: string, ...rest: unknown[]) => {
    const callback = rest.at(-1) as () => unknown;
    if (held.has(name))
      await new Promise<void>((resolve) => waiting.set(name, [...(waiting.get(name) ?? []), resolve]));
    held.add(name);
    const result = await callback();
    held.delete(name);
    return result;
  };
  return {
    request: request as LockManager['request'],
    /** The panel that holds it is closed. */
    end(name: string) {
      held.delete(name);
      for (const resolve of waiting.get(name) ?? []) resolve();
    },
  };
}

function openPanel(name: string, ...ids: string[]) {
  const channel = join();
  const tabs = createOtherTabs(channel, locks, name);
  const heard: Record<string, number>[] = [];
  tabs.onChange((others) => heard.push(Object.fromEntries(others)));
  if (ids.length > 0) tabs.tell(ids);
  return {
    ...tabs,
    others: () => heard.at(-1) ?? {},
    close: async () => {
      channels.delete(channel);
      locks.end(`panel ${name}`);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('each panel is told in how many others a token is, those that were open before it too', () => {
  const a = openPanel('a', 'one', 'two');
  const b = openPanel('b', 'two');
  const c = openPanel('c', 'two', 'three');
  expect(a.others()).toEqual({ two: 2, three: 1 });
  expect(b.others()).toEqual({ one: 1, two: 2, three: 1 });
  expect(c.others()).toEqual({ one: 1, two: 2 });
});

test('what a panel says later takes the place of what it said before', () => {
  const a = openPanel('a', 'one');
  const b = openPanel('b', 'one');
  b.tell(['two']);
  expect(a.others()).toEqual({ two: 1 });
  b.tell([]);
  expect(a.others()).toEqual({});
});

test('a panel that is closed, however that came about, holds nothing', async () => {
  const a = openPanel('a', 'one');
  const b = openPanel('b', 'one');
  const c = openPanel('c', 'one');
  expect(a.others()).toEqual({ one: 2 });
  await b.close();
  expect(a.others()).toEqual({ one: 1 });
  expect(c.others()).toEqual({ one: 1 });
});

test.each([
  null,
  'x',
  7,
  { kind: 'tokens' },
  { kind: 'tokens', from: 'x' },
  { kind: 'tokens', from: 'x', ids: 'one' },
  { kind: 'tokens', from: { toString: 7 }, ids: ['one'] },
  { kind: 'tokens', from: 'x', ids: [{ one: 1 }, null] },
  { kind: '__proto__', from: 'x', ids: ['one'] },
])('a message that no panel sends is no token: %j', (data) => {
  const a = openPanel('a', 'one');
  join().postMessage(data);
  expect(a.others()).toEqual({});
});
