import { describe, expect, test } from 'vitest';
import { captureOf, exchangeOf, localStorageOf } from '../../../test/builders/captures.ts';
import { jwt, now } from '../../../test/builders/tokens.ts';
import { find } from '../find/find.ts';
import { exchangeFacts } from '../find/sources/exchange-facts.ts';
import { sources } from '../find/sources/index.ts';
import type { Capture } from '../model/capture.ts';
import type { Sighting } from '../model/token.ts';
import {
  afterLeaving,
  afterLook,
  afterTraffic,
  emptyTimeline,
  emptyTraffic,
  type Load,
  problemsOf,
  type Timeline,
  withoutGone,
} from './timeline.ts';

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

test('a look that sees no page is no navigation, and neither is the same document after it', () => {
  const nothing = (at: number): Capture => ({ ...page('A', undefined, at), page: null });
  let timeline = see(see(emptyTimeline, page('A')), nothing(now + 1));
  expect(timeline).toMatchObject({ page: null, navigations: [] });
  timeline = see(timeline, page('A', undefined, now + 2));
  expect(timeline.navigations).toEqual([]);
  timeline = see(see(timeline, nothing(now + 3)), page('B', undefined, now + 4));
  expect(timeline.navigations.map(({ at }) => at)).toEqual([now + 4]);
});

test('unless the log is preserved, a navigation leaves only what is there', () => {
  const [ada, bob] = [jwt({ sub: 'ada' }), jwt({ sub: 'bob' })];
  let timeline = see(emptyTimeline, page('A', undefined, now, { a: ada, b: bob }), false);
  timeline = see(timeline, page('A', undefined, now + 1, { b: bob }), false);
  expect(gone(timeline)).toEqual([null, now + 1]);
  timeline = see(timeline, page('B', undefined, now + 2, { b: bob }), false);
  expect(timeline.sightings.map(({ token, seenAt }) => [token, seenAt])).toEqual([[bob, now]]);
  expect(timeline.navigations).toEqual([{ at: now + 2, noticedAt: now + 2, url: 'https://call.example/' }]);
  timeline = see(timeline, page('C', undefined, now + 3, { b: bob }), false);
  expect(timeline.navigations.map(({ at }) => at)).toEqual([now + 3]);
});

test('what was not searched whole takes nothing away: in a value with too much in it, or of a source that failed', () => {
  const token = jwt({ sub: 'ada' });
  const before = see(emptyTimeline, page('A', undefined, now, { a: btoa(token), b: btoa(token), c: token }));
  // More encoded runs than are tried, before the one that holds the token.
  const noise = Array.from({ length: 400 }, (_, index) => btoa(`nothing at all is in here ${index}`)).join(' ');
  const crowded = page('A', undefined, now + 1, { a: `${noise} ${btoa(token)}`, b: 'signed out', c: token });
  expect(find(crowded).problems).not.toEqual([]);
  const goneKeys = ({ sightings }: Timeline) =>
    sightings.flatMap((one) => (one.goneAt === null ? [] : [one.place.key]));
  expect(goneKeys(see(before, crowded))).toEqual(['b']);

  const fault = () => {
    throw new TypeError('made to fail');
  };
  const broken = sources.map((one) => (one.id === 'local-storage' ? { ...one, snippets: fault } : one));
  const empty = page('A', undefined, now + 1);
  const unread = afterLook(before, find(empty, broken), empty, { preservesLog: true });
  expect(goneKeys(unread)).toEqual([]);
  expect(goneKeys(see(unread, empty))).toEqual(['a', 'b', 'c']);
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
  expect(problemsOf(see(timeline, page('B', undefined, now + 99), false))).toEqual([]);
  timeline = withoutGone(timeline);
  expect(problemsOf(timeline)).toEqual([]);
  expect(gone(timeline)).toEqual([null]);
});

describe('what was sent for a document is gone with it, and forgotten unless the log is preserved', () => {
  const next = page('B', undefined, now + 8);
  const [url = ''] = next.page?.url.split('#') ?? [];
  const sent = (at: number) => ({
    ...(find(page('A', undefined, now, { a: jwt({ at }) })).sightings[0] as Sighting),
    seenAt: now + at,
  });
  const before = (loads: Load[]) => ({
    ...see(emptyTimeline, page('A'), false),
    traffic: { ...emptyTraffic, sightings: [2, 4, 6, 9].map(sent), loads },
  });
  const load = (from: string, at: number, to: string | null = null): Load => ({ url: from, to, at: now + at });

  test.each<[string, Load[], number[]]>([
    ['from when it took over, where no request for it was seen', [], [9]],
    ['from the request for it on', [load(url, 5)], [6, 9]],
    ['from the first of its redirects on', [load('https://id.example/', 3, url), load(url, 5)], [4, 6, 9]],
    ['from the redirect on, whose target is not told yet', [load('https://id.example/', 3, url)], [4, 6, 9]],
    ['not from a request for another document', [load('https://id.example/', 3)], [9]],
    ['not from a request before the last document', [load(url, -5)], [9]],
  ])('%s', (_, loads, there) => {
    const timeline = before(loads);
    const kept = ({ traffic: { sightings } }: Timeline) => sightings.map(({ seenAt }) => (seenAt ?? 0) - now);
    expect(kept(see(timeline, next, false))).toEqual(there);
    const preserved = see(timeline, next);
    expect(kept(preserved)).toEqual([2, 4, 6, 9]);
    expect(kept(withoutGone(preserved))).toEqual(there);
  });
});

describe('what comes late of a document that was left', () => {
  const sent = (at: number) => ({
    ...(find(page('A', undefined, now, { a: jwt({ at }) })).sightings[0] as Sighting),
    seenAt: now + at,
  });
  const load: Load = { url: 'https://call.example/', to: null, at: now + 5 };
  const navigated = (preservesLog: boolean) =>
    see(see(emptyTimeline, page('A'), preservesLog), page('B', undefined, now + 8), preservesLog);
  const late = { ...emptyTraffic, sightings: [sent(4), sent(6)], loads: [load] };
  const told = ({ traffic: { sightings } }: Timeline) =>
    sightings.map(({ seenAt, goneAt }) => [(seenAt ?? 0) - now, goneAt]);

  test('is gone with it', () => {
    expect(told(afterTraffic(navigated(true), late, { preservesLog: true }))).toEqual([
      [4, now + 8],
      [6, null],
    ]);
  });

  test('is forgotten with it, unless the log is preserved', () => {
    expect(told(afterTraffic(navigated(false), late, { preservesLog: false }))).toEqual([[6, null]]);
  });

  test('waits until it is known when the next one was asked for', () => {
    let timeline = afterTraffic(navigated(true), { ...late, loads: [] }, { preservesLog: true });
    expect(told(timeline).map(([, goneAt]) => goneAt)).toEqual([null, null]);
    const { sightings } = timeline.traffic;
    timeline = afterTraffic(timeline, { ...late, sightings: [...sightings] }, { preservesLog: true });
    expect(told(timeline).map(([, goneAt]) => goneAt)).toEqual([now + 8, null]);
  });

  test('is not the answer that brought the next one, though its beginning is told a little otherwise the second time', () => {
    const exchange = exchangeFacts(exchangeOf({ name: 'request 1', url: load.url, isDocument: true }), 'received');
    const own = { ...sent(4.9), place: { ...sent(4.9).place, exchange } };
    const named = { ...late, sightings: [own], loads: [{ ...load, name: 'request 1' }] };
    expect(told(afterTraffic(navigated(true), named, { preservesLog: true })).map(([, goneAt]) => goneAt)).toEqual([
      null,
    ]);
  });

  test('is not gone before it was met', () => {
    const met = { ...late, sightings: [sent(8.4)], loads: [{ ...load, at: now + 8.5 }] };
    const next = page('B', undefined, now + 8);
    const timeline = see(see(emptyTimeline, page('A')), {
      ...next,
      page: next.page && { ...next.page, loadedAt: now + 8.9 },
    });
    expect(told(afterTraffic(timeline, met, { preservesLog: true })).map(([, goneAt]) => goneAt)).toEqual([now + 8.4]);
  });

  test('counts as there while no document was left', () => {
    const timeline = afterTraffic(see(emptyTimeline, page('A')), late, { preservesLog: true });
    expect(told(timeline).map(([, goneAt]) => goneAt)).toEqual([null, null]);
  });
});

test('a token that is no longer listed where it lay is not there because a request carried it before', () => {
  const tokens = Array.from({ length: 22 }, (_, index) => jwt({ sub: 'ada', index }));
  const sent = (token: string, at: number) => {
    const requestHeaders = [{ name: 'authorization', value: `Bearer ${token}` }];
    return find(captureOf({ exchanges: [exchangeOf({ startedAt: at, requestHeaders })] })).sightings;
  };
  const carried = [...sent(tokens[0] ?? '', now + 0.5), ...sent(tokens[1] ?? '', now + 60)];
  let timeline: Timeline = { ...emptyTimeline, traffic: { ...emptyTraffic, sightings: carried } };
  tokens.forEach((token, index) => {
    timeline = see(timeline, page('A', undefined, now + index, { a: token }));
  });
  expect(timeline.leftOut).toBe(1);
  expect(timeline.traffic.sightings).toEqual(carried.slice(1));
  timeline = see(timeline, page('A', undefined, now + 22, { a: jwt({ sub: 'ada' }) }));
  expect(timeline.traffic.sightings).toEqual(carried.slice(1));
});
