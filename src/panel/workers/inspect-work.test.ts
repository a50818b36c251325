import { expect, test, vi } from 'vitest';
import { callPage, captureOf, crowdedPage, exchangeOf, localStorageOf } from '../../../test/builders/captures.ts';
import { daily, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { codeAhead } from '../../../test/doubles/inline-worker.ts';
import { standard, strict } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { type Capture, emptyCapture, type Store } from '../../engine/model/capture.ts';
import { emptyTimeline } from '../../engine/timeline/timeline.ts';
import type { Ask, InspectReply, Surroundings } from './inspect-messages.ts';
import { createInspectionWork, type WorkCode } from './inspect-work.ts';
import { createReportKeeper, type Judged } from './report-changes.ts';

/** A worker's work, with what it told of each request. */
function begin(given: Partial<WorkCode> = {}) {
  let told: InspectReply[] = [];
  let end = () => {};
  const take = createReportKeeper();
  const receive = createInspectionWork(
    (reply) => {
      told.push(structuredClone(reply));
      if (reply.kind === 'done' || reply.kind === 'failed') end();
    },
    { ...codeAhead, ...given },
  );
  return async (ask: Ask, surroundings: Partial<Surroundings> = {}, at = now) => {
    told = [];
    await new Promise<void>((resolve) => {
      end = resolve;
      receive({ ask, now: at, surroundings });
    });
    const pieces = told.flatMap((reply) => (reply.kind === 'report' ? [reply.change] : []));
    const reports = pieces.map(take).filter((one): one is Judged => one !== null);
    return { told, pieces, reports, report: reports.at(-1) as Judged };
  };
}

const look = (capture: Capture): Ask => ({ kind: 'look', capture });
const withTokens = (entries: Record<string, string>, readAt = now) =>
  captureOf({ readAt, stores: [localStorageOf(entries)] });
const reportOf = ({ now: at, policy, subjects, findings, problems, summary }: Judged) => ({
  now: at,
  policy,
  subjects,
  findings,
  problems,
  summary,
});

test('what the worker tells is what the engine says of the capture', async () => {
  const capture = callPage();
  const { report } = await begin()(look(capture));
  const { sightings, problems } = find(capture);
  expect(reportOf(report)).toEqual(inspect(sightings, { now, policy: standard, page: capture.page, problems }));
});

test('only what differs is told again, and the whole stays the same', async () => {
  const ask = begin();
  await ask(look(withTokens({ a: daily.guest(), b: daily.host() })));
  const again = await ask(look(withTokens({ a: daily.guest(), b: daily.host() })));
  expect(again.pieces).toMatchObject([{ subjects: [], wordings: [], rest: { order: null, findings: null } }]);
  const more = await ask(look(withTokens({ a: daily.guest(), b: daily.host(), c: jwt({ sub: 'ada' }) })));
  expect(more.pieces.flatMap(({ subjects }) => subjects)).toHaveLength(1);
  expect(more.report.subjects).toHaveLength(3);
  const fewer = await ask(look(withTokens({ c: jwt({ sub: 'ada' }) }, now + 5)));
  expect(fewer.report.summary).toMatchObject({ tokens: 1, gone: 2 });
  const rest = await ask({ kind: 'forget-gone' });
  expect(rest.report.subjects.map(({ token }) => token.claims)).toMatchObject([{ sub: 'ada' }]);
});

test('thousands of tokens come in pieces, the first of them before all are judged', async () => {
  const capture = crowdedPage(1200);
  const { told, pieces, reports } = await begin()(look(capture));
  const [first, whole] = reports as [Judged, Judged];
  expect(reports).toHaveLength(2);
  expect([first.isWhole, whole.isWhole]).toEqual([false, true]);
  expect(first.subjects.length).toBeGreaterThan(20);
  expect(first.subjects.length).toBeLessThan(200);
  expect(Math.max(...pieces.map(({ subjects }) => subjects.length))).toBeLessThanOrEqual(250);
  const { sightings } = find(capture);
  expect(reportOf(whole)).toEqual(inspect(sightings, { now, policy: standard, page: capture.page }));
  expect(told.at(-1)).toEqual({ kind: 'done', files: null });
});

test('expectations are checked only against the whole', async () => {
  const expectations = { expect: [{ name: 'crowd', count: 1200, tokens: {} }] };
  const { reports } = await begin()(look(crowdedPage(1200)), { expectations });
  expect(reports.map((one) => one.expectations.map(({ held }) => held))).toEqual([[], [true]]);
});

test('the surroundings hold until they change', async () => {
  const ask = begin();
  const long = daily.guest({ iat: now, exp: now + hours(5) });
  await ask(look(withTokens({ a: long })), { policy: strict });
  expect((await ask(look(withTokens({ a: long })))).report.policy).toBe('strict');
  expect((await ask({ kind: 'judge' }, { policy: standard })).report.policy).toBe('standard');
});

test('a page that navigates keeps its log, or forgets what is gone', async () => {
  const at = (url: string, documentId: string, entries: Record<string, string>, readAt: number): Capture => ({
    ...withTokens(entries, readAt),
    page: { url, title: '', scriptOrigins: null, loadedAt: readAt, documentId },
  });
  for (const preservesLog of [true, false]) {
    const ask = begin();
    await ask(look(at('https://call.example/lobby', 'A', { a: daily.guest() }, now)), { preservesLog });
    await ask(look(at('https://call.example/lobby', 'A', {}, now + 5)));
    const { report } = await ask(look(at('https://call.example/room', 'B', { b: daily.host() }, now + 9)));
    expect(report.timeline.navigations).toEqual([
      { at: now + 9, noticedAt: now + 9, url: 'https://call.example/room' },
    ]);
    expect(report.summary).toMatchObject({ tokens: 1, gone: preservesLog ? 1 : 0 });
  }
});

test('a failure is told, and what is known stays', async () => {
  let isBroken = false;
  const broken = {
    judging: () => (isBroken ? Promise.reject(new Error('It cannot be loaded.')) : codeAhead.judging()),
  };
  const ask = begin(broken);
  isBroken = true;
  expect((await ask(look(withTokens({ a: daily.guest() })))).told.at(-1)).toEqual({
    kind: 'failed',
    message: 'It cannot be loaded.',
  });
  isBroken = false;
  expect((await ask({ kind: 'judge' })).report.subjects).toHaveLength(1);
});

test('what is restored is judged with the next request, all at once, for it is on screen already', async () => {
  const ask = begin();
  const { sightings } = find(crowdedPage(220));
  const timeline = { ...emptyTimeline, sightings };
  const { told } = await ask({ kind: 'restore', timeline, saved: null, isWhole: true });
  expect(told).toEqual([{ kind: 'done', files: null }]);
  const { reports } = await ask({ kind: 'judge' });
  expect(reports.map(reportOf)).toEqual([inspect(sightings, { now, policy: standard })]);
});

test('a report that could not be handed over is told with the next one', async () => {
  let isBroken = true;
  const take = createReportKeeper();
  const reports: Judged[] = [];
  const ends: string[] = [];
  const receive = createInspectionWork((reply) => {
    const isWhole = reply.kind === 'report' && reply.change.rest?.isWhole;
    if (isBroken && isWhole) {
      isBroken = false;
      throw new Error('It could not be cloned.');
    }
    const report = reply.kind === 'report' ? take(structuredClone(reply.change)) : null;
    if (report) reports.push(report);
    if (reply.kind === 'done' || reply.kind === 'failed') ends.push(reply.kind);
  }, codeAhead);
  receive({ ask: look(crowdedPage(300)), now, surroundings: {} });
  receive({ ask: { kind: 'judge' }, now, surroundings: {} });
  await vi.waitFor(() => expect(ends).toEqual(['failed', 'done']));
  const { sightings } = find(crowdedPage(300));
  const { page } = crowdedPage(300);
  expect(reportOf(reports.at(-1) as Judged)).toEqual(inspect(sightings, { now, policy: standard, page }));
});

test('a token nested beyond all bounds travels as far as it was read', async () => {
  const deep = jwt({ sub: 'ada', deep: JSON.parse(`${'['.repeat(3000)}${']'.repeat(3000)}`) });
  const { told, report } = await begin()(look(withTokens({ a: deep, b: daily.guest() })));
  expect(told.at(-1)).toEqual({ kind: 'done', files: null });
  expect(report.subjects).toHaveLength(2);
});

const request = exchangeOf({ url: `https://a.example/?token=${jwt({ sub: 'request' })}` });
const store = (source: 'local-storage' | 'session-storage', origin: string, key: string, text: string): Store => ({
  source,
  origin,
  url: `${origin}/`,
  entries: [{ key, text }],
  readBy: 'isolated-world',
});

test('traffic and memory beside stores are searched once', async () => {
  const { report } = await begin()(
    look({
      ...emptyCapture(now),
      exchanges: [request],
      memory: [{ text: jwt({ sub: 'memory' }), heldBy: null }],
      stores: [
        store('local-storage', 'https://a.example', 'token', jwt({ sub: 'one' })),
        store('session-storage', 'https://a.example', 'token', jwt({ sub: 'two' })),
        store('local-storage', 'https://b.example', 'token', jwt({ sub: 'three' })),
      ],
    }),
  );
  const sources = report.subjects.flatMap(({ sightings }) => sightings.map(({ place }) => place.source));
  expect(sources.sort()).toEqual(['local-storage', 'local-storage', 'memory', 'request-url', 'session-storage']);
});

test('a signature kept in another store than its token is found', async () => {
  const [head, claims, signature] = jwt({ sub: 'ada' }).split('.') as [string, string, string];
  const { report } = await begin()(
    look({
      ...emptyCapture(now),
      stores: [
        store('local-storage', 'https://a.example', 'jwt', `${head}.${claims}`),
        store('session-storage', 'https://a.example', 'jwt-signature', signature),
      ],
    }),
  );
  expect(report.subjects.map(({ token }) => token.text)).toEqual([`${head}.${claims}.${signature}`]);
});

test('progress is told a hundred times at most, however many places there are, and ends at one', async () => {
  const texts = Array.from({ length: 5000 }, (_, index) => ({ name: `text ${index}`, text: 'nothing here' }));
  const { told } = await begin()(look({ ...emptyCapture(now), texts }));
  const steps = told.flatMap((reply) => (reply.kind === 'searched' ? [reply.done] : []));
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.length).toBeLessThanOrEqual(101);
  expect(steps.at(-1)).toBe(1);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});
