import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callPage } from '../../../test/builders/captures.ts';
import { daily, days, hours, now } from '../../../test/builders/tokens.ts';
import { createFakeHost, type FakeHost } from '../../../test/doubles/fake-host.ts';
import { inlineWorker } from '../../../test/doubles/inline-worker.ts';
import { formats } from '../../engine/report/formats/index.ts';
import type { ReportDocument } from '../../engine/report/report-document.ts';
import * as judging from '../chunks/judging.ts';
import type { InspectWorker } from '../workers/inspect-client.ts';
import { createStore, type Store } from './store.ts';

let host: FakeHost;
let store: Store;
let close: () => void;

beforeEach(() => {
  host = createFakeHost();
  const clock = { now: () => now, onSecond: () => () => {} };
  store = createStore(host, { clock, createWorker: inlineWorker });
  close = store.open();
});
afterEach(() => close());

const guest = daily.guest();
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name);
const har = JSON.stringify({
  log: {
    version: '1.2',
    entries: [
      {
        startedDateTime: '2026-11-20T11:59:10.500Z',
        request: { method: 'GET', url: `https://call.example/?t=${guest}`, headers: [] },
        response: { status: 200, headers: [], content: {}, redirectURL: '' },
      },
    ],
  },
});
const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
const shown = () => store.rows.all.value.map(({ subject }) => subject.token.text);
const problems = () => store.judgement.report.value.problems.map(({ message }) => message);

test.each<[string, string | Uint8Array<ArrayBuffer>, string, string]>([
  ['call.har', har, 'har', 'entry 1: request URL ?t'],
  ['call.har.gz', new Uint8Array(gzipSync(har)), 'har', 'entry 1: request URL ?t'],
  [
    'state.json',
    JSON.stringify({
      cookies: [],
      origins: [{ origin: 'https://call.example', localStorage: [{ name: 'auth', value: guest }] }],
    }),
    'storage-state',
    'localStorage["auth"]',
  ],
  [
    'cookies.txt',
    `# Netscape HTTP Cookie File\ncall.example\tFALSE\t/\tTRUE\t0\tsession\t${guest}\n`,
    'cookie-jar',
    'cookie "session"',
  ],
  [
    'request.http',
    `GET /join HTTP/1.1\r\nHost: call.example\r\nAuthorization: Bearer ${guest}\r\n\r\n`,
    'http-message',
    'request: request header Authorization',
  ],
  ['log.txt', `joined with ${guest}`, 'text', 'log.txt'],
])('shows what %s holds in place of the page', async (name, content, kind, label) => {
  await store.recordings.open([file(name, content)]);
  expect(store.recordings.imported.value).toMatchObject({ title: name, inputs: [{ kind, readable: true }] });
  expect(store.rows.all.value[0]?.subject.sightings[0]).toMatchObject({ input: name, place: { label } });
  expect(shown()).toEqual([guest]);
});

test('a request tells its time and its URL', async () => {
  await store.recordings.open([file('call.har', har)]);
  const [sighting] = store.rows.all.value[0]?.subject.sightings ?? [];
  expect(sighting?.seenAt).toBe(now - 49.5);
  expect(sighting?.place.url).toContain('https://call.example/');
});

test('the page is watched on meanwhile, and comes back as it is then', async () => {
  await store.recordings.open([file('log.txt', guest)]);
  host.emitCapture(callPage());
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(shown()).toEqual([guest]);
  expect(store.shown.origin.value).toBeNull();
  store.recordings.leave();
  expect(shown().length).toBeGreaterThan(1);
  expect(store.shown.origin.value).toBe('https://call.example');
});

test('several files are one list, in which each place names its file', async () => {
  await store.recordings.open([file('a.txt', guest), file('b.txt', `${guest} ${daily.host()}`)]);
  expect(store.recordings.imported.value?.title).toBe('2 files');
  const inputs = store.rows.all.value.find(({ subject }) => subject.token.text === guest)?.subject.sightings;
  expect(inputs?.map(({ input }) => input)).toEqual(['a.txt', 'b.txt']);
});

test.each<[string, string | Uint8Array<ArrayBuffer>, string, number]>([
  ['empty.har', '', 'empty.har is empty.', 0],
  ['cut.har', har.slice(0, -30), 'cut.har is cut off', 1],
  ['image.bin', `\0\0${guest}`, 'image.bin is a binary file; its bytes were searched as text.', 1],
  ['broken.json', `{"token": "${guest}", oops`, 'broken.json is not valid JSON; it was searched as text.', 1],
  ['cut.gz', new Uint8Array(gzipSync(har.repeat(50)).subarray(0, 200)), 'damaged or cut off inside its gzip', 0],
])('%s says what is wrong with it, and what can be read is shown', async (name, content, message, tokens) => {
  await store.recordings.open([file(name, content)]);
  expect(problems()).toContainEqual(expect.stringContaining(message));
  expect(shown()).toHaveLength(tokens);
  await store.exporting.exportReport(false, 'json');
  const report = JSON.parse(host.saved.at(-1)?.text ?? '') as ReportDocument;
  expect(report.inputs[0]?.problems[0]?.message).toContain(message);
  expect(report.problems).toEqual([]);
});

test('a reading that was cancelled changes nothing', async () => {
  host.emitCapture(callPage());
  await new Promise((resolve) => setTimeout(resolve, 20));
  const before = shown();
  const opening = store.recordings.open([file('log.txt', guest)]);
  expect(store.recordings.progress.value).toMatchObject({ name: 'log.txt' });
  store.recordings.cancel();
  await opening;
  expect(store.recordings.progress.value).toBeNull();
  expect(store.messages.failure.value).toBeNull();
  expect(shown()).toEqual(before);
});

test('no worker is left that nothing is shown of: after a failure, a cancel or a close at any moment, another file, or going back', async () => {
  const alive = new Set<InspectWorker>();
  const createWorker = () => {
    const worker = inlineWorker();
    worker.terminate = () => alive.delete(worker);
    if (isBroken) worker.postMessage = () => worker.onmessage?.({ data: failed } as MessageEvent);
    alive.add(worker);
    return worker;
  };
  const failed = { kind: 'failed', message: 'It was too much.' };
  let isBroken = false;
  let arrive = () => {};
  const loadJudging = () => new Promise<typeof judging>((resolve) => (arrive = () => resolve(judging)));
  close();
  // A policy of the user's own is read before files are.
  host.stored = { ...host.stored, policy: 'own', ownPolicies: [{ name: 'own', text: '{}' }] };
  store = createStore(host, { createWorker, loadJudging });
  close = store.open();
  await settle();
  const ofPage = alive.size;
  const early = store.recordings.open([file('early.txt', guest)]);
  store.recordings.cancel();
  arrive();
  await early;
  expect(alive.size).toBe(ofPage);
  isBroken = true;
  await store.recordings.open([file('broken.txt', guest)]);
  expect(store.messages.failure.value).toContain('too much');
  expect(alive.size).toBe(ofPage);
  isBroken = false;
  await Promise.all([store.recordings.open([file('a.txt', guest)]), store.recordings.open([file('b.txt', guest)])]);
  expect(store.recordings.imported.value?.title).toBe('b.txt');
  expect(alive.size).toBe(ofPage + 1);
  store.recordings.leave();
  expect(alive.size).toBe(ofPage);
  const late = store.recordings.open([file('late.txt', guest)]);
  close();
  await late;
  expect(alive.size).toBe(0);
});

test('a worker that dies while it reads is told, and the page stays', async () => {
  const worker: InspectWorker = { onmessage: null, onerror: null, postMessage: () => {}, terminate: () => {} };
  close();
  store = createStore(host, { createWorker: () => worker });
  close = store.open();
  const opening = store.recordings.open([file('a.txt', 'x')]);
  await settle();
  worker.onerror?.(new Event('error') as ErrorEvent);
  await opening;
  expect(store.messages.failure.value).toContain('a.txt could not be opened: The search stopped unexpectedly');
  expect(store.recordings.imported.value).toBeNull();
});

test.each([
  ['members of other kinds', { tokens: [{ sightings: 'x', findings: { length: 1e9 }, facts: [], times: 7 }, null, 3] }],
  ['names of the prototype', JSON.parse('{"tokens":[{"facts":{"privileges":{"__proto__":true,"join":true}}}]}')],
])('a saved report with %s is read as far as it makes sense', async (_, members) => {
  const saved = { $schema: 'https://roomkey.example/report.schema.json', version: 1, ...members };
  await store.recordings.open([file('saved.json', JSON.stringify(saved))]);
  expect(store.recordings.imported.value?.saved).not.toBeNull();
  expect(store.rows.all.value.length).toBe(saved.tokens.length);
  await store.exporting.exportReport(false, 'html');
  expect(store.messages.failure.value).toBeNull();
});

test('masked tokens of a saved report are sent to no backend', async () => {
  host.stored = {
    ...host.stored,
    backends: [{ id: 'b', url: 'https://backend.example/introspect', sites: [], providers: [], header: null }],
  };
  close();
  close = store.open();
  await store.recordings.open([file('call.har', har)]);
  await store.exporting.exportReport(false, 'json');
  const live = store.rows.all.value[0]?.subject;
  expect(live && store.validation.backendFor(live)).not.toBeNull();
  await store.recordings.open([file('saved.json', host.saved[0]?.text ?? '')]);
  const { subject } = store.rows.all.value[0] ?? {};
  expect(subject && store.validation.backendFor(subject)).toBeNull();
  await store.validation.validateAll(subject ? [subject] : []);
  expect(host.fetched).toEqual([]);
});

test('every format of the engine is in the menu, and saves a file of its kind without a usable token', async () => {
  await store.exporting.offerFormats();
  expect(store.exporting.formats.value.map(({ id }) => id).sort()).toEqual(formats.map(({ id }) => id).sort());
  await store.recordings.open([file('call.har', har)]);
  for (const { id, extension } of formats) {
    await store.exporting.exportReport(false, id);
    const saved = host.saved.at(-1);
    expect(saved?.name).toMatch(new RegExp(`^roomkey-.*\\.${extension}$`));
    expect(saved?.text).not.toContain(guest.split('.')[2]);
  }
});

test('expectations made from what is seen hold, fail in words when it changes, and are saved as a file', async () => {
  await store.recordings.open([file('call.har', har)]);
  await store.expectations.expectWhatIsSeen();
  await store.expectations.expectAnyway();
  await settle();
  expect(store.expectations.results.value.map(({ held }) => held)).toEqual([true, true]);
  await store.recordings.open([file('host.har', har.replace(guest, daily.host()))]);
  expect(store.expectations.failedCount.value).toBe(2);
  expect(store.expectations.results.value[1]?.says).toMatch(
    /^expected no host or server token on https:\/\/call\.example, found one in host\.har, entry 1: request URL \?t: Daily/,
  );
  await store.exporting.exportReport(false, 'json');
  const { expectations } = JSON.parse(host.saved.at(-1)?.text ?? '') as ReportDocument;
  expect(expectations.map(({ held }) => held)).toEqual([false, false]);

  store.expectations.rename(0, 'one guest');
  store.expectations.rename(0, '  ');
  store.expectations.remove(1);
  expect(store.expectations.isSaved.value).toBe(false);
  await store.expectations.save();
  expect(store.expectations.isSaved.value).toBe(true);
  const saved = host.saved.at(-1);
  await store.expectations.open(file('mine.json', saved?.text ?? ''));
  expect(store.expectations.list.value).toMatchObject([{ name: 'one guest', count: 1 }]);
  expect(store.expectations.fileName.value).toBe('mine.json');
});

test('what is expected already is not added twice, and a file that is none leaves the list', async () => {
  await store.recordings.open([file('call.har', har)]);
  await store.expectations.expectWhatIsSeen();
  await store.expectations.expectAnyway();
  const before = store.expectations.list.value;
  expect(before).toHaveLength(2);
  await store.expectations.expectWhatIsSeen();
  await store.expectations.expectAnyway();
  expect(store.expectations.list.value).toBe(before);
  await store.expectations.open(file('notes.json', '{"expect":[{"name":"x"}]}'));
  expect(store.messages.failure.value).toContain('notes.json could not be opened');
  expect(store.messages.failure.value).toContain('expect[0] expects nothing');
  expect(store.expectations.list.value).toBe(before);
});

const entryAt = (startedDateTime: unknown, token: string, time: unknown = -1) => ({
  startedDateTime,
  time,
  request: { method: 'GET', url: `https://call.example/?t=${token}`, headers: [] },
  response: { status: 200, headers: [], content: {}, redirectURL: '' },
});
const harOf = (...entries: unknown[]) => JSON.stringify({ log: { version: '1.2', entries } });
const lastWeek = now - days(7);
const iso = (at: number) => new Date(at * 1000).toISOString();
const oldGuest = daily.guest({ iat: lastWeek - 60, exp: lastWeek + hours(1) });
const status = () => store.rows.all.value.map(({ subject }) => subject.times.status);

test('a recording is judged as of when it was made, or by the clock when told to, and the page by the clock again', async () => {
  await store.recordings.open([file('old.har', harOf(entryAt(iso(lastWeek), oldGuest)))]);
  expect(store.judgement.report.value.now).toBe(lastWeek);
  expect(store.time.now.value).toBe(lastWeek);
  expect(status()).toEqual(['active']);
  store.judgement.tick();
  expect(status()).toEqual(['active']);

  store.recordings.isJudgedNow.value = true;
  await settle();
  expect(store.judgement.report.value.now).toBe(now);
  expect(store.time.now.value).toBe(now);
  expect(status()).toEqual(['expired']);

  await store.recordings.open([file('again.har', harOf(entryAt(iso(lastWeek), oldGuest)))]);
  expect(status()).toEqual(['active']);
  store.recordings.leave();
  expect(store.judgement.report.value.now).toBe(now);
  expect(store.time.now.value).toBe(now);
});

test.each<[string, string, number | null]>([
  [
    'the end of the last exchange',
    harOf(entryAt(iso(lastWeek), guest), entryAt(iso(lastWeek - 9), guest, 20_000)),
    lastWeek + 11,
  ],
  ['no length that is none', harOf(entryAt(iso(lastWeek), guest, 1e300)), lastWeek],
  [
    'no year that no recording is of',
    harOf(entryAt(iso(lastWeek), guest), entryAt('9999-01-01T00:00:00Z', guest)),
    lastWeek,
  ],
  ['no date that is none', harOf(entryAt('yesterday', guest), entryAt({}, guest)), null],
  [
    'the date of an answer',
    `HTTP/1.1 200 OK\r\nDate: ${new Date(lastWeek * 1000).toUTCString()}\r\n\r\n${guest}`,
    lastWeek,
  ],
  ['a text, which has none', `joined with ${guest}`, null],
  [
    'a storage state, which has none',
    JSON.stringify({
      cookies: [],
      origins: [{ origin: 'https://a.example', localStorage: [{ name: 'a', value: guest }] }],
    }),
    null,
  ],
])('what a file tells of its time is %s', async (_, content, at) => {
  await store.recordings.open([file('one', content)]);
  expect(store.recordings.imported.value?.recordedAt).toBe(at);
  expect(store.judgement.report.value.now).toBe(at ?? now);
});

test('of several files the latest counts, and a saved report stays as it was judged', async () => {
  const older = file('older.har', harOf(entryAt(iso(lastWeek - days(9)), guest)));
  await store.recordings.open([file('old.har', harOf(entryAt(iso(lastWeek), oldGuest))), older, file('a.txt', guest)]);
  expect(store.judgement.report.value.now).toBe(lastWeek);
  await store.exporting.exportReport(false, 'json');
  const { text = '', name } = host.saved.at(-1) ?? {};
  expect(name).toContain('2026-11-20T120000');
  expect((JSON.parse(text) as ReportDocument).inputs.map(({ recordedAt }) => recordedAt)).toEqual([
    lastWeek,
    lastWeek - days(9),
    null,
  ]);
  await store.recordings.open([file('saved.json', text)]);
  expect(store.judgement.report.value.now).toBe(lastWeek);
  expect(store.time.now.value).toBe(lastWeek);
});
