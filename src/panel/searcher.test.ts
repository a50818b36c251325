import { expect, test } from 'vitest';
import { callPage, capture, localStorageOf } from '../../test/call-page.ts';
import { daily } from '../../test/tokens.ts';
import { find } from '../engine/inspect.ts';
import type { Capture } from '../engine/model.ts';
import type { WorkerReply } from './find.worker.ts';
import { findCapture } from './find-capture.ts';
import { createSearcher, type SearchWorker } from './searcher.ts';

const heavy = capture({ stores: [localStorageOf({ auth: daily.guest(), blob: 'x'.repeat(100_000) })] });

interface FakeWorker extends SearchWorker {
  asked: Capture[];
  ended: boolean;
  reply(message: WorkerReply): void;
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
      reply: (data) => worker.onmessage?.({ data } as MessageEvent<WorkerReply>),
    };
    made.push(worker);
    return worker;
  };
  return { made, create };
}

test('a small capture is searched at once, without a worker', async () => {
  const { made, create } = fakeWorkers();
  const found = await createSearcher(create).find(capture({ stores: [localStorageOf({ auth: daily.guest() })] }));
  expect(found.sightings).toHaveLength(1);
  expect(made).toHaveLength(0);
});

test('a large one goes to a worker, which tells how far it is and is kept for the next', async () => {
  const { made, create } = fakeWorkers();
  const searcher = createSearcher(create);
  const progress: number[] = [];
  const result = searcher.find(heavy, (done) => progress.push(done));
  made[0]?.reply({ kind: 'progress', done: 0.5 });
  made[0]?.reply({ kind: 'found', found: findCapture(heavy) });
  expect((await result).sightings).toHaveLength(1);
  expect(progress).toEqual([0.5]);
  void searcher.find(heavy);
  expect(made).toHaveLength(1);
  expect(made[0]?.asked).toHaveLength(2);
});

test('stopping ends the worker, and the next search starts another', async () => {
  const { made, create } = fakeWorkers();
  const searcher = createSearcher(create);
  const result = searcher.find(heavy);
  searcher.cancel();
  await expect(result).rejects.toThrow('stopped');
  expect(made[0]?.ended).toBe(true);
  void searcher.find(heavy);
  expect(made).toHaveLength(2);
});

test('a worker that breaks is a sentence, not silence', async () => {
  const { made, create } = fakeWorkers();
  const result = createSearcher(create).find(heavy);
  made[0]?.onerror?.(new Event('error') as ErrorEvent);
  await expect(result).rejects.toThrow('stopped unexpectedly');
});

test('without workers a large capture is searched all the same', async () => {
  const searcher = createSearcher(() => {
    throw new Error('Worker is not defined');
  });
  expect((await searcher.find(heavy)).sightings).toHaveLength(1);
});

test('searching in parts finds what searching at once finds', () => {
  const picture = callPage();
  const { sightings, problems, decoded } = findCapture(picture);
  const whole = find(picture);
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
