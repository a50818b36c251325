import { expect, test } from 'vitest';
import { capturePages } from './capture-pages.ts';
import type { PlaywrightPage, PlaywrightTarget } from './playwright.ts';

const never = () => new Promise<never>(() => {});

interface Ways {
  evaluate: () => Promise<unknown>;
  /** What answers the browser's protocol; other browsers have none. */
  send?: (method: string) => Promise<unknown>;
  cookies?: () => Promise<object[]>;
  storageState?: () => Promise<object>;
}

/** A page with one frame, which answer in these ways. */
function pageOf({ evaluate, send, cookies = async () => [], storageState = async () => ({}) }: Ways): PlaywrightTarget {
  const context = {
    pages: () => [page],
    cookies,
    storageState,
    newCDPSession: async () => {
      if (!send) throw new Error('only in Chromium');
      return { send, detach: async () => {} };
    },
  };
  const frame = (url: string, parent: object | null) => ({
    url: () => url,
    parentFrame: () => parent,
    page: () => page,
    evaluate,
  });
  const main = frame('https://call.example/', null);
  const child = frame('https://stage.example/', main);
  const page = { ...main, mainFrame: () => main, frames: () => [main, child], context: () => context };
  return page as unknown as PlaywrightPage;
}

const codes = async (ways: Ways) =>
  (await capturePages(pageOf(ways), { timeout: 50 }))[0]?.problems.map(({ code }) => code);

test.each<[string, Ways]>([
  ['by its own script', { evaluate: never }],
  ['by the protocol', { evaluate: never, send: never }],
  ['by the protocol, when its documents are asked', { evaluate: never, send: treeOnly }],
])('a page that never answers is said to be unread: %s', async (_, ways) => {
  const [capture] = await capturePages(pageOf(ways), { timeout: 50 });
  expect(capture?.problems.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['page-not-answering', 'frame-not-answering']),
  );
  expect(capture?.stores).toEqual([]);
  expect(capture?.page?.url).toBe('https://call.example/');
  expect(capture?.frames.map(({ url }) => url)).toEqual(['https://stage.example/']);
});

function treeOnly(method: string): Promise<unknown> {
  if (method !== 'Page.getFrameTree') return never();
  const frame = { id: 'A', url: 'https://call.example/' };
  const child = { id: 'B', parentId: 'A', url: 'https://stage.example/' };
  return Promise.resolve({ frameTree: { frame, childFrames: [{ frame: child }] } });
}

test.each([null, undefined, 7, {}, [], 'x', '', 'onull', { frameTree: { childFrames: [null, { frame: 7 }] } }])(
  'an answer that makes no sense (%j) throws nothing',
  async (answer) => {
    expect(await codes({ evaluate: async () => answer })).toBeDefined();
    expect(await codes({ evaluate: async () => answer, send: async () => answer })).toBeDefined();
  },
);

test('what the context does not hand over is said, once', async () => {
  const refuse = async () => {
    throw new Error('no');
  };
  const captures = await capturePages(pageOf({ evaluate: async () => 'x', cookies: refuse, storageState: refuse }));
  expect(captures.flatMap(({ problems }) => problems.map(({ code }) => code))).toEqual([
    'frame-unreadable',
    'frame-unreadable',
    'cookies-unread',
    'storage-unread',
  ]);
});
