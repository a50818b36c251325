import { expect, test } from 'vitest';
import { createFakeBrowser } from '../../../test/doubles/fake-browser.ts';
import type { BrowserFrame } from '../browsers/browser.ts';
import { KnownFrames } from './known-frames.ts';

const now = 1_795_176_000;

function frame(id: number, url: string, parentId = 0): BrowserFrame {
  return { id, parentId: id === 0 ? -1 : parentId, url, documentId: `D${id}`, isError: false };
}

function fake(...frames: BrowserFrame[]) {
  const browser = createFakeBrowser('https://call.example/');
  browser.frames = [frame(0, 'https://call.example/room'), ...frames];
  return browser;
}

async function partitions(browser: ReturnType<typeof fake>) {
  const known = await new KnownFrames(browser, 1000).update(browser.frames, now);
  return known.map(({ partition }) => partition);
}

test('the page keeps what it stores as a first party, whatever the browser says', async () => {
  const browser = fake();
  browser.partitions.set(0, { kind: 'ephemeral' });
  expect(await partitions(browser)).toEqual([{ kind: 'first-party' }]);
});

test('a frame has the partition that the browser tells', async () => {
  const browser = fake(frame(1, 'https://meet.example/'), frame(2, 'https://call.example/in'));
  browser.partitions.set(1, { kind: 'third-party', topLevelSite: 'https://call.example' });
  browser.partitions.set(2, { kind: 'ephemeral' });
  expect((await partitions(browser)).slice(1)).toEqual([
    { kind: 'third-party', topLevelSite: 'https://call.example' },
    { kind: 'ephemeral' },
  ]);
});

test('without the browser’s word, a lasting frame with only its own origin above is a first party', async () => {
  const browser = fake(
    frame(1, 'https://call.example/in'),
    frame(2, 'about:srcdoc', 1),
    frame(3, 'https://call.example/deep', 2),
  );
  for (const id of [1, 2, 3]) browser.partitions.set(id, { kind: 'lasting' });
  expect((await partitions(browser)).slice(1)).toEqual(Array(3).fill({ kind: 'first-party' }));
});

test.each([
  ['another origin', 'https://meet.example/'],
  ['a host that may be the same site', 'https://www.call.example/'],
  ['another port', 'https://call.example:8443/'],
  ['another scheme', 'http://call.example/'],
  ['an opaque origin', 'data:text/html,'],
])('below %s it is not known, and not guessed', async (_, url) => {
  const browser = fake(frame(1, url), frame(2, 'https://call.example/below', 1));
  browser.partitions.set(1, { kind: 'lasting' });
  browser.partitions.set(2, { kind: 'lasting' });
  expect((await partitions(browser)).slice(1)).toEqual([null, null]);
});

test('a browser that tells nothing, or never answers, leaves frames unknown', async () => {
  const browser = fake(frame(1, 'https://call.example/in'));
  expect((await partitions(browser))[1]).toBeNull();
  browser.partitionOf = () => new Promise(() => {});
  const known = await new KnownFrames(browser, 10).update(browser.frames, now);
  expect(known[1]?.partition).toBeNull();
});

test('the browser is asked once for each document, and again when access has changed', async () => {
  const browser = fake(frame(1, 'https://meet.example/'));
  const asked: number[] = [];
  browser.partitionOf = async (id) => {
    asked.push(id);
    return { kind: 'lasting' };
  };
  const frames = new KnownFrames(browser, 1000);
  await frames.update(browser.frames, now);
  await frames.update(browser.frames, now + 1);
  expect(asked).toEqual([1]);
  await frames.update(
    [browser.frames[0] as BrowserFrame, { ...frame(1, 'https://meet.example/'), documentId: 'E' }],
    now,
  );
  expect(asked).toEqual([1, 1]);
  frames.forgetPartitions();
  await frames.update(browser.frames, now);
  expect(asked).toEqual([1, 1, 1]);
});

test('a thousand frames are asked about bit by bit', async () => {
  const browser = fake(...Array.from({ length: 1000 }, (_, i) => frame(i + 1, 'https://meet.example/')));
  let asked = 0;
  browser.partitionOf = async () => {
    asked += 1;
    return { kind: 'ephemeral' };
  };
  const frames = new KnownFrames(browser, 1000);
  await frames.update(browser.frames, now);
  expect(asked).toBeLessThan(500);
  for (let look = 0; look < 9; look += 1) await frames.update(browser.frames, now);
  expect(asked).toBe(1000);
});

test('a document is there since it took its frame over, where the browser tells; another URL of it, since it was seen', async () => {
  const browser = fake();
  const frames = new KnownFrames(browser, 1000);
  const page = (documentId: string, url: string, committedAt: number) => ({
    ...frame(0, url),
    documentId,
    committedAt,
  });
  const seen = async (one: BrowserFrame, at: number) => (await frames.update([one], at))[0]?.firstSeenAt;
  expect(await seen(page('A', 'https://call.example/a', now - 0.5), now)).toBe(now - 0.5);
  expect(await seen(page('A', 'https://call.example/b', now - 0.5), now + 3)).toBe(now + 3);
  expect(await seen(page('B', 'https://call.example/c', now + 3.5), now + 4)).toBe(now + 3.5);
  expect(await seen(page('A', 'https://call.example/b', now + 5.5), now + 6)).toBe(now + 5.5);
});

test('a frame keeps the time it was first seen until it shows something else', async () => {
  const browser = fake(frame(1, 'https://meet.example/a'));
  const frames = new KnownFrames(browser, 1000);
  await frames.update(browser.frames, now);
  const again = await frames.update(
    [frame(0, 'https://call.example/room'), frame(1, 'https://meet.example/b')],
    now + 5,
  );
  expect(again.map(({ firstSeenAt }) => firstSeenAt - now)).toEqual([0, 5]);
});
