import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { captureOf, crowdedPage, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { inlineWorker } from '../../../test/doubles/inline-worker.ts';
import { standard } from '../../engine/audit/policy/policies.ts';
import { reportSchema } from '../../engine/report/report-document.ts';
import { createInspectClient, type InspectWorker } from './inspect-client.ts';
import type { Ask, InspectReply, InspectRequest, Surroundings } from './inspect-messages.ts';
import { untoldSurroundings } from './inspect-work.ts';
import type { Judged } from './report-changes.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface FakeWorker extends InspectWorker {
  asked: InspectRequest[];
  ended: boolean;
  reply(message: InspectReply): void;
}

function clientOf(createWorker?: () => InspectWorker) {
  const made: FakeWorker[] = [];
  const create = (): InspectWorker => {
    const worker: FakeWorker = {
      asked: [],
      ended: false,
      onmessage: null,
      onerror: null,
      postMessage: (one) => worker.asked.push(one),
      terminate: () => {
        worker.ended = true;
      },
      reply: (data) => worker.onmessage?.({ data } as MessageEvent<InspectReply>),
    };
    made.push(worker);
    return worker;
  };
  const around: { surroundings: Surroundings } = { surroundings: untoldSurroundings };
  const reports: Judged[] = [];
  const client = createInspectClient({
    createWorker: createWorker ?? create,
    surroundings: () => around.surroundings,
    now: () => now,
    onReport: (judged) => reports.push(judged),
  });
  return { client, made, around, reports };
}

const capture = captureOf({ stores: [localStorageOf({ auth: daily.guest() })] });
const look: Ask = { kind: 'look', capture };
const kinds = (worker: FakeWorker | undefined) => worker?.asked.map(({ ask }) => ask.kind);

test('the worker tells how far it is, and is kept for what is asked next', async () => {
  const { client, made } = clientOf();
  const progress: number[] = [];
  const answer = client.ask(look, { onSearched: (done) => progress.push(done) });
  expect(client.isBusy()).toBe(true);
  made[0]?.reply({ kind: 'searched', done: 0.5 });
  made[0]?.reply({ kind: 'done', files: null });
  await answer;
  expect(progress).toEqual([0.5]);
  expect(client.isBusy()).toBe(false);
  void client.ask(look);
  expect(made).toHaveLength(1);
  expect(kinds(made[0])).toEqual(['look', 'look']);
});

test('of the surroundings only what differs goes along', () => {
  const { client, made, around } = clientOf();
  void client.ask(look);
  void client.ask({ kind: 'judge' });
  around.surroundings = { ...around.surroundings, pageMark: 'guest' };
  void client.ask({ kind: 'judge' });
  expect(made[0]?.asked.map(({ surroundings }) => Object.keys(surroundings))).toEqual([
    Object.keys(untoldSurroundings),
    [],
    ['pageMark'],
  ]);
});

test('stopping ends the worker and rejects all that waits; the next request starts another', async () => {
  const { client, made } = clientOf();
  const first = client.ask(look);
  const second = client.ask({ kind: 'judge' });
  client.stop();
  await expect(first).rejects.toThrow('stopped');
  await expect(second).rejects.toThrow('stopped');
  expect(made[0]?.ended).toBe(true);
  void client.ask(look);
  expect(made).toHaveLength(2);
});

test('a worker that is replaced tells nothing any more', async () => {
  const { client, made, reports } = clientOf();
  const answer = client.ask(look);
  const late = made[0]?.onmessage;
  client.stop();
  await expect(answer).rejects.toThrow('stopped');
  expect(made[0]?.onmessage).toBeNull();
  const next = client.ask(look);
  let isAnswered = false;
  void next.then(() => {
    isAnswered = true;
  });
  expect(late).not.toBeNull();
  made[0]?.reply({ kind: 'done', files: null });
  await Promise.resolve();
  expect(isAnswered).toBe(false);
  expect(reports).toEqual([]);
});

test('a worker that breaks is a sentence, not silence', async () => {
  const { client, made } = clientOf();
  const answer = client.ask(look);
  made[0]?.onerror?.(new Event('error') as ErrorEvent);
  await expect(answer).rejects.toThrow('stopped unexpectedly');
});

test('a request that fails is the only one that does', async () => {
  const { client, made } = clientOf();
  const first = client.ask(look);
  const second = client.ask({ kind: 'judge' });
  made[0]?.reply({ kind: 'failed', message: 'It was too much.' });
  made[0]?.reply({ kind: 'done', files: null });
  await expect(first).rejects.toThrow('It was too much.');
  await expect(second).resolves.toBeNull();
});

test('surroundings without workers are a failed request, and starting ahead does not throw', async () => {
  const { client } = clientOf(() => {
    throw new Error('Worker is not defined');
  });
  client.warm();
  await expect(client.ask(look)).rejects.toThrow('Worker is not defined');
});

test('a request that cannot be handed over is rejected, and the next one is not held up', async () => {
  const { client, made } = clientOf();
  client.warm();
  const [worker] = made as [FakeWorker];
  const { postMessage } = worker;
  worker.postMessage = () => {
    throw new Error('could not be cloned');
  };
  await expect(client.ask(look)).rejects.toThrow('could not be cloned');
  worker.postMessage = postMessage;
  const next = client.ask({ kind: 'judge' });
  // What it was to be judged by was not handed over either.
  expect(worker.asked.map(({ surroundings }) => surroundings.policy)).toEqual([standard]);
  worker.reply({ kind: 'done', files: null });
  await expect(next).resolves.toBeNull();
});

test('what takes longer than thirty seconds is given up, however long what came before it took; reading files may take its time', async () => {
  const { client, made } = clientOf();
  const first = client.ask(look);
  const second = client.ask(look);
  second.catch(() => {});
  vi.advanceTimersByTime(29_000);
  made[0]?.reply({ kind: 'done', files: null });
  await first;
  vi.advanceTimersByTime(29_000);
  expect(client.isBusy()).toBe(true);
  vi.advanceTimersByTime(2000);
  await expect(second).rejects.toThrow('longer than 30 seconds');
  void client.ask({ kind: 'read', files: [] });
  vi.advanceTimersByTime(3_600_000);
  expect(client.isBusy()).toBe(true);
});

test('a worker that follows another is told what is known, and shows nothing until there is something new', async () => {
  vi.useRealTimers();
  const workers: InspectWorker[] = [];
  const { client, reports } = clientOf(() => {
    const worker = inlineWorker();
    workers.push(worker);
    return worker;
  });
  await client.ask(look);
  client.stop();
  await client.ask({ kind: 'leave', at: now + 5 });
  expect(workers).toHaveLength(2);
  expect(reports.map(({ subjects }) => subjects.map(({ sightings }) => sightings[0]?.goneAt))).toEqual([
    [null],
    [now + 5],
  ]);
  expect(reports[1]?.subjects[0]?.token).toEqual(reports[0]?.subjects[0]?.token);
});

test('one that follows a worker that was stopped before all was judged does not say that this is all', async () => {
  vi.useRealTimers();
  const { client, reports, around } = clientOf(inlineWorker);
  const expectations = { expect: [{ name: 'few', count: 100, tokens: {} }] };
  around.surroundings = { ...around.surroundings, expectations };
  let isStopped = false;
  const seen = reports.push.bind(reports);
  reports.push = (judged) => {
    if (!isStopped) client.stop();
    isStopped = true;
    return seen(judged);
  };
  await expect(client.ask({ kind: 'look', capture: crowdedPage(220) })).rejects.toThrow('stopped');
  await client.ask({ kind: 'judge' });
  await client.ask({ kind: 'look', capture: crowdedPage(220) });
  expect(reports.map(({ isWhole, expectations: { length } }) => [isWhole, length])).toEqual([
    [false, 0],
    [false, 0],
    [true, 1],
  ]);
  expect(reports[2]?.summary.tokens).toBeGreaterThan(100);
});

test('one that follows another knows which of the tokens of one second followed which', async () => {
  vi.useRealTimers();
  const { client, reports } = clientOf(inlineWorker);
  // The report lists the worst first, whichever came first.
  const versions = [daily.guest(), jwt({ sub: 'ada' }), daily.guest({ exp: now + hours(9) }), daily.host()];
  for (const auth of versions)
    await client.ask({ kind: 'look', capture: captureOf({ stores: [localStorageOf({ auth })] }) });
  client.stop();
  await client.ask({ kind: 'judge' });
  const [before, after] = reports.slice(-2);
  expect(after?.subjects.filter(({ replaces }) => replaces)).toHaveLength(3);
  expect(after?.subjects).toEqual(before?.subjects);
});

test('a saved report stays as it was judged, also by a worker that follows another', async () => {
  vi.useRealTimers();
  const { client, reports } = clientOf(inlineWorker);
  const tokens = [{ id: 'a', token: 'eyJ…abc', sightings: [{ source: 'cookie', label: 'cookie "a"' }] }];
  const saved = JSON.stringify({ $schema: reportSchema, version: 1, now: now - 600, policy: 'strict', tokens });
  await client.ask({ kind: 'read', files: [new File([saved], 'saved.json')] });
  client.stop();
  await client.ask({ kind: 'judge' });
  expect(reports.map(({ now: at, policy, subjects }) => [at, policy, subjects.map(({ token }) => token.text)])).toEqual(
    [
      [now - 600, 'strict', ['eyJ…abc']],
      [now - 600, 'strict', ['eyJ…abc']],
    ],
  );
  expect(reports[1]?.subjects).toEqual(reports[0]?.subjects);
});
