import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { type Entry, fakeNetwork } from '../../../test/doubles/fake-network.ts';
import type { Exchange } from '../../engine/model/capture.ts';
import { recordTraffic } from './record-traffic.ts';

/** More by hand: `RUNS=20000 SEED=7 npx vitest run src/extension/traffic/worker-twins.test.ts --testTimeout 3600000`. */
const { RUNS = '60', SEED = '20261127' } = process.env;

const begin = Date.parse('2026-11-20T12:00:00.000Z');

/** A request of the page, by its script or for an image of the document, that goes by the service worker or not. */
interface Sending {
  way: 'plain' | 'passed on' | 'answered by the worker';
  by: 'script' | 'image';
  address: number;
  token: number;
  /** The line of the script, or of the document, that makes it. */
  line: number;
  fate: 'answered' | 'hangs' | 'aborted';
  /** Whether its end is told, as it is once the page has read the body. */
  isRead: boolean;
  /** Whose news comes next, and after how many milliseconds. */
  order: { isWorkers: boolean; after: number }[];
}

/** @param after milliseconds that may pass between what becomes known of one request */
const sendingWith = (after: number[], more: { by: Sending['by'][]; fate: Sending['fate'][] }) =>
  fc.record<Omit<Sending, 'way'>>({
    by: fc.constantFrom(...more.by),
    address: fc.nat(1),
    token: fc.nat(1),
    line: fc.nat(1),
    fate: fc.constantFrom(...more.fate),
    isRead: fc.boolean(),
    order: fc.array(fc.record({ isWorkers: fc.boolean(), after: fc.constantFrom(...after) }), {
      minLength: 6,
      maxLength: 8,
    }),
  });

let network: ReturnType<typeof fakeNetwork>;
let told: { exchange: Exchange; at: number }[];
let recording: ReturnType<typeof recordTraffic>;

function start(): void {
  vi.useFakeTimers({ now: begin });
  network = fakeNetwork();
  told = [];
  recording = recordTraffic(network.given, {
    clock: () => Date.now(),
    listener: ({ exchanges }) => void told.push(...exchanges.map((exchange) => ({ exchange, at: Date.now() }))),
    holdsToken: async () => true,
  });
  recording.start();
}
function end(): void {
  recording.stop();
  vi.useRealTimers();
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const addressOf = ({ address }: Sending) => `https://call.example/${address}`;
const bearerOf = ({ token }: Sending) => `Bearer token${token}`;

/** The calls that led to it, as Chromium writes them: the worker's tell that another thread's call led there. */
function initiatorOf({ by, line }: Sending, isWorkers: boolean, areCallsTold: boolean): Entry {
  if (!areCallsTold) return {};
  const call = (url: string, lineNumber: number) => ({ scriptId: '3', url, lineNumber, columnNumber: 1 });
  if (isWorkers) {
    const parentId = by === 'image' ? {} : { parentId: { id: '1', debuggerId: '-4.6' } };
    return { type: 'script', stack: { callFrames: [call('https://call.example/sw.js', 5)], ...parentId } };
  }
  if (by === 'image') return { type: 'parser', url: 'https://call.example/', lineNumber: line };
  return { type: 'script', stack: { callFrames: [call('https://call.example/app.js', line)] } };
}

const answerOf = ({ way }: Sending, isWorkers: boolean): Entry => ({
  status: 200,
  headers: [{ name: 'content-type', value: 'application/json' }],
  content: { size: 10, mimeType: 'application/json' },
  _fetchedViaServiceWorker: !isWorkers && way !== 'plain',
  ...(!isWorkers && { _serviceWorkerResponseSource: way === 'passed on' ? 'network' : 'fallback-code' }),
});

interface Circumstances {
  index: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
  areCallsTold: boolean;
}

/** The page's request, or the worker's, of which so much is known: that it was made; that it was answered, or broken off. */
function entryOf(
  one: Sending,
  isWorkers: boolean,
  stage: number,
  { index, startedAt, areCallsTold }: Circumstances,
): Entry {
  const isAnswered = stage > 1 && one.fate === 'answered';
  const cookies = isWorkers && isAnswered ? [{ name: 'Cookie', value: 'session=abc' }] : [];
  const headers = [{ name: 'authorization', value: bearerOf(one) }, ...cookies];
  const unanswered = { status: 0, headers: [], content: {}, ...(stage > 1 && { _error: 'net::ERR_ABORTED' }) };
  return {
    startedDateTime: new Date(startedAt + (isWorkers ? 3 : 0)).toISOString(),
    request: { method: 'GET', url: addressOf(one), headers },
    response: isAnswered ? answerOf(one, isWorkers) : unanswered,
    time: stage > 1 ? 10 + Math.sin(startedAt + index) : 0,
    _resourceType: 'fetch',
    _initiator: initiatorOf(one, isWorkers, areCallsTold),
  };
}

/** How far the news of a request goes: it was made, it was answered or broken off, and its end. */
function lastStage({ way, fate }: Sending, isWorkers: boolean): number {
  if (isWorkers && way !== 'passed on') return 0;
  // The worker's goes on when the page breaks its own off.
  return fate === 'answered' || (fate === 'aborted' && !isWorkers) ? 3 : 1;
}

/** Lets the browser tell of a request, and of the worker's that came out of it; when the page's was there for all to see. */
async function tellOf(one: Sending, index: number, areCallsTold: boolean): Promise<number> {
  const startedAt = Date.now();
  const known = new Map<boolean, { stage: number; slot: number }>();
  let seenAt = 0;
  function goOn(isWorkers: boolean): void {
    const before = known.get(isWorkers);
    const stage = (before?.stage ?? 0) + 1;
    if (stage > lastStage(one, isWorkers)) return;
    const entry = entryOf(one, isWorkers, stage, { index, startedAt, areCallsTold });
    const slot = before?.slot ?? network.network.log.length;
    network.network.log[slot] = entry;
    known.set(isWorkers, { stage, slot });
    if (!isWorkers && stage === 1) seenAt = Date.now();
    if (stage === 3 && (one.isRead || one.fate === 'aborted'))
      network.finish(entry, async () => ({ text: `{"of":${index}}`, isBase64: false }));
  }
  for (const { isWorkers, after } of one.order) {
    await new Promise((resolve) => setTimeout(resolve, after));
    goOn(isWorkers);
    // The page's began before the worker's, though it may be listed after it.
    if (!known.has(false)) goOn(false);
  }
  for (const isWorkers of [true, false, true, false, true, false]) goOn(isWorkers);
  return seenAt;
}

/** Plays them all at once, and expects of each token that it is told as often as the page sent it, in time. */
async function expectAllOnce(sendings: readonly Sending[], areCallsTold: boolean): Promise<void> {
  const playing = Promise.all(sendings.map((one, index) => tellOf(one, index, areCallsTold)));
  await pass(8 * 900 + 5000);
  const seen = await playing;
  for (const one of sendings) {
    const isSame = (other: Sending) => addressOf(other) === addressOf(one) && other.token === one.token;
    const due = seen.filter((_, index) => isSame(sendings[index] as Sending)).sort((a, b) => a - b);
    const times = told.flatMap(({ exchange: { url, requestHeaders }, at }) =>
      requestHeaders.filter(({ value }) => url === addressOf(one) && value === bearerOf(one)).map(() => at),
    );
    expect(times).toHaveLength(due.length);
    for (const [index, at] of times.entries()) expect(at).toBeLessThanOrEqual((due[index] as number) + 3000);
  }
  expect(told.filter(({ exchange }) => !exchange.isContinued)).toHaveLength(sendings.length);
  const bodies = told.flatMap(({ exchange }) => exchange.responseBody?.text ?? []);
  const read = sendings.flatMap(({ fate, isRead }, index) => (fate === 'answered' && isRead ? `{"of":${index}}` : []));
  expect([...new Set(bodies)].sort()).toEqual(read.sort());
}

async function expectAllOnceOf(one: fc.Arbitrary<Omit<Sending, 'way'>>, areCallsTold: boolean): Promise<void> {
  const way = fc.constantFrom<Sending['way']>('plain', 'passed on', 'passed on', 'answered by the worker');
  const ways = fc.tuple(way, way);
  const property = fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 5 }), ways, (given, [first, second]) =>
    expectAllOnce(
      given.map((one) => ({ ...one, way: one.address === 0 ? first : second })),
      areCallsTold,
    ),
  );
  await fc.assert(property.beforeEach(start).afterEach(end), { numRuns: Number(RUNS), seed: Number(SEED) });
}

test('in whatever order requests and answers become known, each sending of the page counts once, soon, answered or not', () =>
  expectAllOnceOf(
    sendingWith([0, 0, 5, 40, 350, 900], { by: ['script'], fate: ['answered', 'answered', 'hangs', 'aborted'] }),
    true,
  ));

test('where the calls show nothing, the answers do', () =>
  expectAllOnceOf(sendingWith([0, 0, 5, 40, 100], { by: ['script', 'image'], fate: ['answered'] }), false));

/** One that is listed before anything of its answer is known. */
const sent = (more: Partial<Sending> = {}): Sending => ({
  way: 'passed on',
  by: 'script',
  address: 0,
  token: 0,
  line: 0,
  fate: 'hangs',
  isRead: false,
  order: [],
  ...more,
});
const at = { index: 0, startedAt: begin, areCallsTold: true };
const authorizations = () =>
  told.flatMap(({ exchange: { name, requestHeaders } }) =>
    requestHeaders.filter((one) => one.name === 'authorization').map(({ value }) => `${name}: ${value}`),
  );

async function inTraffic(run: () => Promise<void>): Promise<void> {
  start();
  await run().finally(end);
}

test('what a look sees before the answer, of the page and of the worker, counts once when the answer comes, with its cookie', () =>
  inTraffic(async () => {
    const one = sent({ fate: 'answered' });
    network.network.log = [entryOf(one, true, 1, at), entryOf(one, false, 1, at)];
    await pass(700);
    expect(authorizations()).toEqual(['request 1: Bearer token0']);
    for (const isWorkers of [true, false]) network.finish(entryOf(one, isWorkers, 3, at), async () => null);
    await pass(3000);
    expect(authorizations()).toHaveLength(1);
    expect(told.filter(({ exchange }) => exchange.name !== 'request 1')).toEqual([]);
    expect(told.flatMap(({ exchange }) => exchange.requestHeaders.map(({ name }) => name))).toContain('Cookie');
  }));

test('two that the page sends alike and at once, and that are never answered, are both listed within a moment', () =>
  inTraffic(async () => {
    network.network.log = [entryOf(sent({ way: 'plain' }), false, 1, at), entryOf(sent({ line: 1 }), false, 1, at)];
    await pass(1500);
    expect(authorizations()).toEqual(['request 1: Bearer token0', 'request 2: Bearer token0']);
  }));

test('a token that the worker adds to what it passes on is listed within a moment, answered or not', () =>
  inTraffic(async () => {
    network.network.log = [
      { ...entryOf(sent(), false, 1, at), request: { method: 'GET', url: addressOf(sent()), headers: [] } },
      entryOf(sent(), true, 1, at),
    ];
    await pass(1500);
    expect(authorizations()).toEqual(['request 1: Bearer token0']);
  }));

test('a worker of the page that asks for the same is no service worker: its request counts, once the answers say so', () =>
  inTraffic(async () => {
    const [own, other] = [sent({ way: 'plain', fate: 'answered' }), sent({ fate: 'answered' })];
    network.network.log = [entryOf(own, false, 1, at), entryOf(other, true, 1, at)];
    await pass(700);
    network.network.log = [entryOf(own, false, 2, at), entryOf(other, true, 2, at)];
    await pass(1000);
    expect(authorizations()).toEqual(['request 1: Bearer token0', 'request 2: Bearer token0']);
  }));

test('what waits when watching is paused is told', () =>
  inTraffic(async () => {
    network.network.log = [entryOf(sent(), false, 1, at), entryOf(sent({ line: 1 }), false, 1, at)];
    await pass(300);
    recording.stop();
    await pass(100);
    expect(authorizations()).toHaveLength(2);
  }));

test('once a service worker is known by its script, what it passes on for the document itself counts once though it is never answered', () =>
  inTraffic(async () => {
    const script = {
      method: 'GET',
      url: 'https://call.example/sw.js',
      headers: [{ name: 'Service-Worker', value: 'script' }],
    };
    const image = sent({ by: 'image' });
    network.network.log = [
      { startedDateTime: new Date(begin).toISOString(), request: script, response: { status: 0 } },
      entryOf(image, false, 1, at),
      entryOf(image, true, 1, at),
    ];
    await pass(3000);
    expect(authorizations()).toEqual(['request 2: Bearer token0']);
  }));

test('that nothing left the browser is said only if the worker’s request did not leave it either', () =>
  inTraffic(async () => {
    const failed = (isWorkers: boolean, error: string) => ({
      ...entryOf(sent(), isWorkers, 1, at),
      response: { status: 0, headers: [], content: {}, _error: error },
    });
    network.network.log = [entryOf(sent(), false, 1, at), entryOf(sent(), true, 1, at)];
    await pass(700);
    network.finish(failed(true, 'net::ERR_CONNECTION_RESET'));
    network.finish(failed(false, 'net::ERR_FAILED'));
    await pass(700);
    expect(told.filter(({ exchange }) => exchange.isUnsent)).toEqual([]);
    network.finish(failed(true, 'net::ERR_CONNECTION_REFUSED'));
    network.finish(failed(false, 'net::ERR_FAILED'));
    await pass(700);
    expect(told.at(-1)?.exchange).toMatchObject({ isUnsent: true });
  }));

test('of thousands that are alike and of which none is answered each is told', () =>
  inTraffic(async () => {
    network.network.log = Array.from({ length: 1000 }, (_, line) => entryOf(sent({ line }), false, 1, at));
    await pass(5000);
    expect(authorizations()).toHaveLength(1000);
  }));
