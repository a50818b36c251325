import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, jwt, now } from '../../../test/builders/tokens.ts';
import { find } from '../../engine/inspect.ts';
import type { Capture, Exchange, Store } from '../../engine/model/capture.ts';
import { emptyCapture } from '../../engine/model/capture.ts';
import { findCapture } from './find-capture.ts';
import { createSearcher, type SearchWorker } from './find-client.ts';
import type { FindReply } from './find-messages.ts';

const picture = captureOf({ stores: [localStorageOf({ auth: daily.guest() })] });

interface FakeWorker extends SearchWorker {
  asked: Capture[];
  ended: boolean;
  reply(message: FindReply): void;
}

function fakeWorkers() {
  const made: FakeWorker[] = [];
  const create = (): SearchWorker => {
    const worker: FakeWorker = {
      asked: [],
      ended: false,
      onmessage: null,
      onerror: null,
      postMessage: (one) => worker.asked.push(one),
      terminate: () => {
        worker.ended = true;
      },
      reply: (data) => worker.onmessage?.({ data } as MessageEvent<FindReply>),
    };
    made.push(worker);
    return worker;
  };
  return { made, create };
}

test('the worker tells how far it is, and is kept for the next search', async () => {
  const { made, create } = fakeWorkers();
  const searcher = createSearcher(create);
  const progress: number[] = [];
  const result = searcher.find(picture, (done) => progress.push(done));
  made[0]?.reply({ kind: 'progress', done: 0.5 });
  made[0]?.reply({ kind: 'found', found: findCapture(picture) });
  expect((await result).sightings).toHaveLength(1);
  expect(progress).toEqual([0.5]);
  void searcher.find(picture);
  expect(made).toHaveLength(1);
  expect(made[0]?.asked).toHaveLength(2);
});

test('stopping ends the worker, and the next search starts another', async () => {
  const { made, create } = fakeWorkers();
  const searcher = createSearcher(create);
  const result = searcher.find(picture);
  searcher.cancel();
  await expect(result).rejects.toThrow('stopped');
  expect(made[0]?.ended).toBe(true);
  void searcher.find(picture);
  expect(made).toHaveLength(2);
});

test('a worker that breaks is a sentence, not silence', async () => {
  const { made, create } = fakeWorkers();
  const result = createSearcher(create).find(picture);
  made[0]?.onerror?.(new Event('error') as ErrorEvent);
  await expect(result).rejects.toThrow('stopped unexpectedly');
});

test('surroundings without workers are a failed search', async () => {
  const searcher = createSearcher(() => {
    throw new Error('Worker is not defined');
  });
  await expect(searcher.find(picture)).rejects.toThrow('Worker is not defined');
});

const request: Exchange = {
  name: 'entry 1',
  method: 'GET',
  url: `https://a.example/?token=${jwt({ sub: 'request' })}`,
  startedAt: now,
  pageUrl: null,
  initiator: null,
  requestHeaders: [],
  requestBody: null,
  status: 200,
  responseHeaders: [],
  responseBody: null,
  messages: [],
};

test('traffic beside stores is searched once', () => {
  const store = (source: 'local-storage' | 'session-storage', origin: string): Store => ({
    source,
    origin,
    url: `${origin}/`,
    entries: [{ key: 'token', text: jwt({ sub: `${source} of ${origin}` }) }],
    readBy: 'isolated-world',
  });
  const page: Capture = {
    ...emptyCapture(now),
    exchanges: [request],
    memory: [{ text: jwt({ sub: 'memory' }), heldBy: null }],
    stores: [
      store('local-storage', 'https://a.example'),
      store('session-storage', 'https://a.example'),
      store('local-storage', 'https://b.example'),
    ],
  };
  const { sightings } = findCapture(page);
  expect(sightings.map(({ place: { source } }) => source).sort()).toEqual([
    'local-storage',
    'local-storage',
    'memory',
    'request-url',
    'session-storage',
  ]);
  expect(sightings).toEqual(find(page).sightings);
});

test('a signature kept in another store than its token is found', () => {
  const [head, claims, signature] = jwt({ sub: 'ada' }).split('.') as [string, string, string];
  const store = (source: 'local-storage' | 'session-storage', key: string, text: string): Store => ({
    source,
    origin: 'https://a.example',
    url: 'https://a.example/',
    entries: [{ key, text }],
    readBy: 'isolated-world',
  });
  const { sightings } = findCapture({
    ...emptyCapture(now),
    stores: [store('local-storage', 'jwt', `${head}.${claims}`), store('session-storage', 'jwt-signature', signature)],
  });
  expect(sightings).toMatchObject([{ token: `${head}.${claims}.${signature}`, note: 'split-signature' }]);
});

test('progress is told a hundred times at most, however many places there are', () => {
  const steps: number[] = [];
  const texts = Array.from({ length: 5000 }, (_, index) => ({ name: `text ${index}`, text: 'nothing here' }));
  findCapture({ ...emptyCapture(now), texts }, (done) => steps.push(done));
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.length).toBeLessThanOrEqual(101);
  expect(steps.at(-1)).toBe(1);
});

test('the worker finds what the engine finds', () => {
  const page = callPage();
  const { sightings, problems, decoded } = findCapture(page);
  const whole = find(page);
  expect(sightings).toEqual(whole.sightings);
  expect(problems).toEqual(whole.problems);
  expect(decoded.map(([text]) => text).sort()).toEqual([...new Set(sightings.map(({ token }) => token))].sort());
});

test('progress ends at one', () => {
  const steps: number[] = [];
  findCapture(callPage(), (done) => steps.push(done));
  expect(steps.at(-1)).toBe(1);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});
