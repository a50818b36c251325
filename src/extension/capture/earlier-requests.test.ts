import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createFakeBrowser } from '../../../test/doubles/fake-browser.ts';
import type { Traffic } from '../../engine/model/traffic.ts';
import { nothingUnread } from '../../engine/model/traffic.ts';
import { documentFacts, noFacts, parseFacts } from '../../probes/document.ts';
import { EarlierRequests, trafficTeller } from './earlier-requests.ts';
import { watchPage } from './watch-page.ts';

const url = (end: string) => `https://api.call.example/join?token=a-text-that-may-hold-a-token-${end}`;

/** What a document with these requests in its record says of those before a moment, in milliseconds. */
function factsOf(entries: { name: string; startTime: number }[], before: number, { timeOrigin = 1000 } = {}) {
  const performance = { timeOrigin, getEntriesByType: () => entries };
  const window = { origin: 'https://call.example', performance, top: {} };
  window.top = window;
  const document = { title: '', scripts: [], cookie: '' };
  Object.assign(window, { document });
  const run = new Function('window', 'document', 'performance', `return (${documentFacts})(10, ${before})`);
  return parseFacts(run(window, document, performance), noFacts);
}

test('a document tells what it recorded before a moment, and nothing that is too short for a token', () => {
  const entries = [
    { name: url('1'), startTime: 500 },
    { name: 'https://call.example/app.js', startTime: 600 },
    { name: url('2'), startTime: 2500.5 },
    { name: url('3'), startTime: 9000 },
  ];
  expect(factsOf(entries, 5000).requests).toEqual([
    [1.5, url('1')],
    [3.5005, url('2')],
  ]);
  expect(factsOf(entries, 0).requests).toEqual([]);
});

test.each<[string, unknown]>([
  ['is no list', 7],
  ['holds other things', [null]],
  ['has no times', [{ name: url('1') }]],
])('a record that %s tells nothing', (_, entries) => {
  expect(factsOf(entries as { name: string; startTime: number }[], 5000).requests).toEqual([]);
});

test('no more than two thousand are told of, and how many were left out', () => {
  const entries = Array.from({ length: 5000 }, (_, index) => ({ name: url(String(index)), startTime: index }));
  const { requests, requestsLeft } = factsOf(entries, 50_000);
  expect([requests.length, requestsLeft]).toEqual([2000, 3000]);
});

beforeEach(() => void vi.useFakeTimers({ now: 1_795_176_000_000 }));
afterEach(() => void vi.useRealTimers());

test('they are told once, as requests of which nothing but the address is known', async () => {
  const browser = createFakeBrowser('https://call.example/room');
  const [frame] = browser.frames;
  if (!frame) throw new Error('no frame');
  Object.assign(browser.windowOf(frame), {
    performance: {
      timeOrigin: 1_795_175_000_000,
      getEntriesByType: () => [
        { name: url('frame'), startTime: 900 },
        { name: url('1'), startTime: 1000 },
        { name: url('x'.repeat(100_000)), startTime: 1000 },
      ],
    },
  });
  browser.frames.push({ ...frame, id: 1, parentId: 0, url: url('frame'), documentId: 'F' });
  browser.openedAt = async () => 1_795_175_900;
  const told: Traffic[] = [];
  const { onEarlier, onTraffic } = trafficTeller((event) => {
    if (event.kind === 'traffic') told.push(event.traffic);
  });
  const earlier = new EarlierRequests();
  for (let again = 0; again < 2; again += 1) {
    const watch = watchPage(browser, () => {}, { earlier, onEarlier });
    onTraffic({ exchanges: [], unread: { ...nothingUnread, media: 3 } });
    await vi.advanceTimersByTimeAsync(12_000);
    watch.stop();
  }
  const requests = told.filter(({ exchanges }) => exchanges.length > 0);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    unread: { media: 3, skipped: 1 },
    exchanges: [
      {
        name: 'earlier request 1',
        url: url('1'),
        startedAt: 1_795_175_001,
        pageUrl: 'https://call.example/room',
        status: null,
        isRecordedByPage: true,
      },
    ],
  });
});
