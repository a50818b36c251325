import { beforeEach, expect, test, vi } from 'vitest';
import { emptyExchange } from '../../engine/model/capture.ts';
import { isNote } from '../../engine/model/notes.ts';
import { nothingUnread, type Unread } from '../../engine/model/traffic.ts';
import { createTraffic } from './traffic.ts';

let traffic: ReturnType<typeof createTraffic>;
const ask = vi.fn((_: unknown) => Promise.resolve(null as never));

beforeEach(() => {
  ask.mockClear();
  traffic = createTraffic({ client: { ask }, fail: () => {} });
});

const said = (unread: Partial<Unread>) => {
  traffic.add({ exchanges: [], unread: { ...nothingUnread, ...unread } });
  return traffic.problems.value.map(({ message }) => message).join(' ');
};

test.each<[keyof Unread, RegExp]>([
  ['large', /^Replies and connections that were not read to the end: 3 too large\.$/],
  ['often', /3 of addresses that answer often and never held a token\.$/],
  ['lost', /3 no longer there, or not handed over in time\.$/],
  ['crowded', /3 faster than the browser hands them over\.$/],
  ['navigation', /3 taken along by a navigation or cleared from the log\.$/],
  ['skipped', /^3 requests were not searched/],
  ['pauses', /^Requests made while watching was paused were missed\.$/],
  ['forgotten', /^The browser forgets requests when the page navigates/],
  ['unended', /^3 replies have not ended/],
  ['sharedWorkers', /^A worker runs of which the browser tells no requests/],
  ['lookSeconds', /read every 3 s only/],
])('what was not read is said by its kind: %s', (kind, words) => {
  expect(said({ [kind]: 3 })).toMatch(words);
});

test('where everything was read nothing is said, nor of media, fonts and styles alone', () => {
  expect(said({})).toBe('');
  expect(said({ media: 12 })).toBe('');
  expect(said({ media: 12, lost: 1 })).toBe(
    'Replies and connections that were not read to the end: 1 no longer there, or not handed over in time, 12 media, fonts or styles.',
  );
});

test('that the browser forgets at a navigation is a note beside what was not read', () => {
  said({ forgotten: 2, large: 1 });
  expect(traffic.problems.value.map((problem) => [isNote(problem), problem.message])).toEqual([
    [false, 'Replies and connections that were not read to the end: 1 too large.'],
    [true, expect.stringMatching(/the last moment before that may be missing; “Preserve log” in the Network panel/)],
  ]);
  said({ forgotten: 3 });
  expect(traffic.problems.value.map(isNote)).toEqual([true]);
  expect(said({ documents: 2 })).toMatch(
    /^2 documents of the page were not handed over as sent, but read in the page: what a script has taken out since is not seen\.$/,
  );
  expect(traffic.problems.value.map(isNote)).toEqual([true]);
});

test('what is over is said no longer', () => {
  expect(said({ unended: 1 })).toMatch(/^1 reply has not ended/);
  expect(said({ unended: 0 })).toBe('');
});

test('requests that were missed in a pause are counted where they are known', () => {
  expect(said({ pauses: 1, paused: 2 })).toBe('Requests made while watching was paused were missed; 2 are known of.');
});

test('nothing is searched where only counts have changed', () => {
  said({ large: 1 });
  expect(ask).not.toHaveBeenCalled();
});

test('more than can wait is counted, the latest are searched', async () => {
  const exchanges = Array.from({ length: 6000 }, (_, index) =>
    emptyExchange(`request ${index}`, 'https://call.example/'),
  );
  traffic.add({ exchanges: exchanges.slice(0, 1), unread: nothingUnread });
  traffic.add({ exchanges: exchanges.slice(1), unread: nothingUnread });
  expect(traffic.problems.value[0]?.message).toMatch(/^999 requests were not searched/);
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  expect(ask.mock.calls[1]?.[0]).toMatchObject({ kind: 'traffic', exchanges: { length: 5000 } });
});

test('a flood that cannot wait pushes out its own, and not a request of another kind', async () => {
  const flood = Array.from({ length: 6000 }, (_, index) =>
    emptyExchange(`request ${index}`, `https://call.example/flood?n=${1000 + index}`),
  );
  traffic.add({ exchanges: flood.slice(0, 1), unread: nothingUnread });
  traffic.add({ exchanges: [emptyExchange('real', 'https://call.example/token'), ...flood], unread: nothingUnread });
  await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
  const searched = ask.mock.calls[1]?.[0] as { exchanges: { name: string }[] };
  expect(searched.exchanges[0]?.name).toBe('real');
  expect(traffic.problems.value[0]?.message).toMatch(/^1,001 requests were not searched/);
});
