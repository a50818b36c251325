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
      {
        group: { origin: 'https://call.example' },
        last: { facts, found: { frames: found, answers: count }, beside: null },
      },
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

/** What is said at the second look of frames of an origin, of which one document tells these windows. */
function reached(
  frames: KnownFrame[],
  told: Partial<typeof noFacts>,
  documents: string[] = [],
  beside = null as number | null,
) {
  const unreached = new UnreachedFrames();
  const last = { facts: { ...noFacts, ...told }, found: { frames: [], answers: 1 }, beside };
  for (let look = 0; look < 2; look += 1)
    unreached.update(frames, [{ group: { origin: 'https://call.example' }, last }], documents);
  return unreached.problems.map(({ code, subject }) => [code, subject]);
}

const unreadable = ({ url }: KnownFrame) => ['frame-unreadable', `frame ${url}`];

test('a frame that was met in a shadow tree is reached; beside the page’s script its history.state is not', () => {
  expect(reached([top, own], {})).toEqual([unreadable(own)]);
  expect(reached([top, own], { inside: [own.url] })).toEqual([]);
  expect(reached([top, own], { inside: [own.url] }, [], 0)).toEqual([['state-unread', `frame ${own.url}`]]);
});

test('the frame through which was read beside the page’s script is reached', () => {
  expect(reached([top, own], {}, [], own.id)).toEqual([]);
});

test('a document that another one has written anew goes by the address of that one', () => {
  const blank = frame(4, 'about:blank');
  expect(reached([top, blank], { windows: [page] })).toEqual([]);
  expect(reached([top, own, blank], { windows: [page] })).toEqual([unreadable(own)]);
  expect(reached([top, own], { windows: ['blob:https://call.example/1'] })).toEqual([unreadable(own)]);
});

test('of a frame with an address it is not known whether it is the one that was written anew, which is said', () => {
  const unreached = new UnreachedFrames();
  const update = (windows: string[]) =>
    unreached.update(
      [top, own],
      [
        {
          group: { origin: 'https://call.example' },
          last: { facts: { ...noFacts, windows }, found: { frames: [], answers: 1 }, beside: null },
        },
      ],
    );
  update([page]);
  update([page]);
  expect(unreached.problems).toMatchObject([{ message: expect.stringContaining('Either another document') }]);
  update([]);
  expect(unreached.problems).toMatchObject([{ message: expect.not.stringContaining('Either') }]);
});

test('a document of a blob: address that devtools know of, and no document reaches, is told of', () => {
  const blob = 'blob:https://call.example/1';
  expect(reached([top], {}, [page, blob, blob])).toEqual([['frame-unreadable', `frame ${blob}`]]);
  expect(reached([top], { windows: [blob] }, [page, blob])).toEqual([]);
  expect(reached([top], { inside: [blob] }, [page, blob])).toEqual([]);
});
