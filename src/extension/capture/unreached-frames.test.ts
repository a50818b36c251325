import { expect, test } from 'vitest';
import { noFacts } from '../../probes/document.ts';
import type { FoundFrames } from '../../probes/parse-store.ts';
import type { KnownFrame } from './known-frames.ts';
import { UnreachedFrames } from './unreached-frames.ts';

const page = 'https://call.example/room';

const frame = (id: number, url: string, parentId = 0): KnownFrame => ({
  id,
  parentId: id === 0 ? -1 : parentId,
  url,
  documentId: `D${id}`,
  isError: false,
  firstSeenAt: 0,
  partition: null,
});

/** What is said after answers in which documents told of these frames. */
function said(frames: KnownFrame[], found: FoundFrames[], answers: readonly number[] = [1, 2], facts = noFacts) {
  const unreached = new UnreachedFrames();
  for (const count of answers)
    unreached.update(frames, [
      { group: { origin: 'https://call.example' }, last: { facts, found: { frames: found, answers: count } } },
    ]);
  return unreached.problems.filter(({ subject }) => subject?.startsWith('a frame in') || facts !== noFacts);
}

const hidden = (count: number) => ({ parent: page, child: '', count });
const top = frame(0, page);
const other = frame(1, 'https://other.example/');
const own = frame(2, 'https://call.example/own');

test('a frame that nobody looks into and the browser does not list is told of at the second answer', () => {
  expect(said([top], [hidden(1)])).toMatchObject([{ code: 'frame-unreadable', subject: `a frame in ${page}` }]);
  expect(said([top], [hidden(1)], [1])).toEqual([]);
  // The same answer, held against the list again, proves nothing.
  expect(said([top], [hidden(1)], [1, 1, 1])).toEqual([]);
});

test('one of another site that is listed is none, and hides none beside it', () => {
  expect(said([top, other], [hidden(1)])).toEqual([]);
  expect(said([top, other], [hidden(2)])).toHaveLength(1);
});

test('a frame that can be looked into is not held against one that cannot', () => {
  expect(said([top, own], [hidden(1), { parent: page, child: own.url, count: 1 }])).toHaveLength(1);
});

test('frames below one that is not listed are not missed', () => {
  const parent = 'blob:https://call.example/1';
  expect(said([top, frame(3, 'https://other.example/', 9)], [{ parent, child: '', count: 1 }])).toEqual([]);
});

test('a page of more windows than are visited is said to be one', () => {
  expect(said([top], [], [1], { ...noFacts, areWindowsCut: true })).toMatchObject([
    { code: 'frames-skipped', message: expect.stringMatching(/2,000 windows or more/) },
  ]);
});
