import { expect, test } from 'vitest';
import { captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { find } from '../find/find.ts';
import type { Capture } from '../model/capture.ts';
import { afterLeaving, afterLook, emptyTimeline, problemsOf, type Timeline, withoutGone } from './timeline.ts';

const page = (documentId: string | null, url = 'https://call.example/', readAt = now, entries = {}): Capture => ({
  ...captureOf({ readAt, stores: [localStorageOf(entries)] }),
  page: { url, title: '', scriptOrigins: null, loadedAt: readAt, documentId },
});
const see = (timeline: Timeline, capture: Capture, preservesLog = true) =>
  afterLook(timeline, find(capture), capture, { preservesLog });
const gone = ({ sightings }: Timeline) => sightings.map(({ goneAt }) => goneAt);

test('a document that takes the place of another is a navigation, and so is the same address loaded again', () => {
  let timeline = see(emptyTimeline, page('A'));
  expect(timeline.navigations).toEqual([]);
  timeline = see(timeline, page('A', 'https://call.example/#room', now + 1));
  timeline = see(timeline, page('A', 'https://call.example/pushed', now + 2));
  expect(timeline.navigations).toEqual([]);
  timeline = see(timeline, page('B', 'https://call.example/pushed', now + 3));
  timeline = see(timeline, page('C', 'https://call.example/pushed', now + 4));
  expect(timeline.navigations.map(({ at }) => at)).toEqual([now + 3, now + 4]);
});

test('where documents have no names, another address without its query and fragment is another document', () => {
  let timeline = see(emptyTimeline, page(null));
  timeline = see(timeline, page(null, 'https://call.example/?a#b', now + 1));
  expect(timeline.navigations).toEqual([]);
  timeline = see(timeline, page(null, 'https://call.example/room', now + 2));
  expect(timeline.navigations).toEqual([{ at: now + 2, noticedAt: now + 2, url: 'https://call.example/room' }]);
});

test('a page that cannot be read holds nothing, and coming back to it is a navigation', () => {
  const token = jwt({ sub: 'ada' });
  let timeline = see(emptyTimeline, page('A', undefined, now, { a: token }));
  timeline = afterLeaving(timeline, now + 3);
  expect(timeline).toMatchObject({ page: null, frames: [], navigations: [] });
  expect(gone(timeline)).toEqual([now + 3]);
  timeline = see(timeline, page('B', undefined, now + 5, { a: token }));
  expect(gone(timeline)).toEqual([null]);
  expect(timeline.navigations).toHaveLength(1);
});

test('unless the log is preserved, a navigation leaves only what is there', () => {
  const [ada, bob] = [jwt({ sub: 'ada' }), jwt({ sub: 'bob' })];
  let timeline = see(emptyTimeline, page('A', undefined, now, { a: ada, b: bob }), false);
  timeline = see(timeline, page('A', undefined, now + 1, { b: bob }), false);
  expect(gone(timeline)).toEqual([null, now + 1]);
  timeline = see(timeline, page('B', undefined, now + 2, { b: bob }), false);
  expect(timeline.sightings.map(({ token, seenAt }) => [token, seenAt])).toEqual([[bob, now]]);
  expect(timeline.navigations).toEqual([{ at: now + 2, noticedAt: now + 2, url: 'https://call.example/' }]);
});

test('only the latest navigations are kept', () => {
  let timeline = emptyTimeline;
  for (let index = 0; index < 500; index += 1) timeline = see(timeline, page(`D${index}`, undefined, now + index));
  expect(timeline.navigations).toHaveLength(200);
  expect(timeline.navigations.at(-1)?.at).toBe(now + 499);
});

test('how many are no longer listed is told until what is gone is forgotten', () => {
  let timeline = emptyTimeline;
  for (let index = 0; index < 30; index += 1)
    timeline = see(timeline, page('A', undefined, now + index, { a: jwt({ sub: 'ada', index }) }));
  expect(problemsOf(timeline)).toMatchObject([
    { code: 'gone-left-out', message: expect.stringMatching(/^9 earlier tokens are/) },
  ]);
  timeline = withoutGone(timeline);
  expect(problemsOf(timeline)).toEqual([]);
  expect(gone(timeline)).toEqual([null]);
});
