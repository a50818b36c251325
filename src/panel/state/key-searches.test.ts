import { beforeEach, expect, test } from 'vitest';
import { hours, jwt, now } from '../../../test/builders/tokens.ts';
import { judge } from '../../../test/cases/rule.ts';
import type { KeyWorker } from '../workers/key-client.ts';
import type { KeySearchRequest } from '../workers/key-messages.ts';
import { createKeySearches } from './key-searches.ts';

class FakeWorker implements KeyWorker {
  onmessage: KeyWorker['onmessage'] = null;
  onerror: KeyWorker['onerror'] = null;
  asked: KeySearchRequest[] = [];
  isEnded = false;
  postMessage(request: KeySearchRequest): void {
    this.asked.push(request);
  }
  terminate(): void {
    this.isEnded = true;
  }
  say(data: object): void {
    this.onmessage?.({ data } as MessageEvent);
  }
}

const { subjects } = judge({ local: { t: jwt({ sub: 'ada', exp: now + hours(1) }) } });
const [subject] = subjects;
if (!subject) throw new Error('no token was found');
const id = subject.token.id;
const progress = { tried: 4000, total: 200_000, perSecond: 90_000 };
const key = { kind: 'known', says: '"secret", a common secret' };

let workers: FakeWorker[];
let keys: ReturnType<typeof createKeySearches>;

beforeEach(() => {
  workers = [];
  keys = createKeySearches(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
});

test('progress is shown while a search runs, and one token is searched once at a time', () => {
  keys.start(subject, null, []);
  keys.start(subject, null, []);
  expect(workers).toHaveLength(1);
  workers[0]?.say({ kind: 'progress', ...progress });
  expect(keys.searches.value.get(id)).toEqual({ kind: 'running', ...progress });
  expect(keys.found.value.size).toBe(0);
});

test('a key that was found is kept for judging, and the worker ends', () => {
  keys.start(subject, null, []);
  workers[0]?.say({ kind: 'done', ...progress, key });
  expect(keys.searches.value.get(id)).toEqual({ kind: 'found', ...progress, key });
  expect(keys.found.value.get(id)).toEqual(key);
  expect(workers[0]?.isEnded).toBe(true);
});

test('a search that finds nothing says so, and can be repeated', () => {
  keys.start(subject, null, []);
  workers[0]?.say({ kind: 'done', ...progress, key: null });
  expect(keys.searches.value.get(id)).toEqual({ kind: 'not-found', ...progress });
  keys.start(subject, null, []);
  expect(workers).toHaveLength(2);
});

test('cancelled, the worker ends and what it still says is not heard', () => {
  keys.start(subject, null, []);
  keys.cancel(id);
  workers[0]?.say({ kind: 'done', ...progress, key });
  expect(workers[0]?.isEnded).toBe(true);
  expect(keys.searches.value.has(id)).toBe(false);
  expect(keys.found.value.size).toBe(0);
});

test('a worker that fails, or cannot be asked, is said to have failed', () => {
  keys.start(subject, null, []);
  workers[0]?.onerror?.({ preventDefault: () => {} } as ErrorEvent);
  expect(keys.searches.value.get(id)).toEqual({ kind: 'failed' });
  const unable = createKeySearches(() => {
    throw new Error('no workers here');
  });
  unable.start(subject, null, []);
  expect(unable.searches.value.get(id)).toEqual({ kind: 'failed' });
});

test('secrets seen in the page go along, other tokens do not', () => {
  const [sighting] = subject.sightings;
  if (!sighting) throw new Error('no sighting');
  const secret = { ...subject, sightings: [{ ...sighting, token: 'page-secret', note: 'minting-secret' }] };
  keys.start(subject, null, [subject, secret]);
  expect(workers[0]?.asked[0]?.literals).toEqual(['page-secret']);
});

test('closing ends every worker and forgets what was found', () => {
  keys.start(subject, null, []);
  keys.close();
  expect(workers[0]?.isEnded).toBe(true);
  expect([keys.searches.value.size, keys.found.value.size]).toEqual([0, 0]);
});
