import { expect, test } from 'vitest';
import { callPage, captureOf, localStorageOf, sessionStorageOf } from '../../../test/builders/captures.ts';
import { daily, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { createFakeHost } from '../../../test/doubles/fake-host.ts';
import { inlineWorker } from '../../../test/doubles/inline-worker.ts';
import type { Capture } from '../../engine/model/capture.ts';
import * as judging from '../chunks/judging.ts';
import type { PageState } from '../host.ts';
import type { InspectWorker } from '../workers/inspect-client.ts';
import type { InspectRequest } from '../workers/inspect-messages.ts';
import { createStore, type StoreOptions } from './store.ts';

const watching: PageState = { kind: 'watching', sites: [] };

/** A store with hands on its host, its clock and the moment its searches end. */
async function openStore({
  createWorker = inlineWorker,
  loadJudging = async () => judging,
}: Pick<StoreOptions, 'createWorker' | 'loadJudging'> = {}) {
  const host = createFakeHost();
  let time = now;
  const ticks = new Set<() => void>();
  const store = createStore(host, {
    createWorker,
    loadJudging,
    clock: {
      now: () => time,
      onSecond: (tick) => {
        ticks.add(tick);
        return () => ticks.delete(tick);
      },
    },
  });
  const close = store.open();
  await settle();
  host.emitState(watching);
  return {
    host,
    store,
    close,
    ticks,
    see: async (...captures: Capture[]) => {
      for (const one of captures) {
        host.emitCapture(one);
        await settle();
      }
    },
    advance: async (seconds: number) => {
      time += seconds;
      for (const tick of ticks) tick();
      await settle();
    },
  };
}

/** Turns, not time: on a busy machine fewer of them fit into it. */
async function settle() {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setTimeout(resolve, 1));
}

const withToken = (token: string, readAt = now) => captureOf({ readAt, stores: [localStorageOf({ auth: token })] });

test('a capture becomes rows', async () => {
  const { store, see } = await openStore();
  expect(store.page.hasCapture.value).toBe(false);
  await see(callPage());
  expect(store.page.hasCapture.value).toBe(true);
  expect(store.rows.listed.value.map(({ subject }) => subject.facts.displayName)).toContain('Ada');
  expect(store.messages.notice.value).toMatch(/^9 tokens/);
});

test('a token that disappears stays, until it is cleared', async () => {
  const { store, see } = await openStore();
  await see(withToken(daily.guest()), captureOf({ readAt: now + 5, stores: [localStorageOf({})] }));
  expect(store.rows.listed.value[0]?.goneAt).toBe(now + 5);
  expect(store.rows.gone.value).toHaveLength(1);
  store.watch.clear();
  await settle();
  expect(store.rows.listed.value).toEqual([]);
});

test('clearing keeps what is still in the page', async () => {
  const { store, see } = await openStore();
  await see(withToken(daily.guest()));
  store.watch.clear();
  await settle();
  expect(store.rows.listed.value).toHaveLength(1);
});

test('the report follows the clock when something changes, and only then', async () => {
  const { store, see, advance } = await openStore();
  await see(withToken(daily.guest({ iat: now - 600, exp: now + hours(1) })));
  const before = store.judgement.report.value;
  await advance(1);
  expect(store.time.now.value).toBe(now + 1);
  expect(store.judgement.report.value).toBe(before);
  expect(store.rows.listed.value[0]?.subject.times.status).toBe('active');
  await advance(hours(2));
  expect(store.rows.listed.value[0]?.subject.times.status).toBe('expired');
});

test('a clock that is set back is followed', async () => {
  const { store, see, advance } = await openStore();
  await see(withToken(daily.guest({ exp: now - hours(1) })));
  expect(store.rows.listed.value[0]?.subject.times.status).toBe('expired');
  await advance(-hours(3));
  expect(store.rows.listed.value[0]?.subject.times.status).toBe('active');
});

test('a policy changes the judgement and is remembered', async () => {
  const { host, store, see } = await openStore();
  await see(withToken(daily.guest({ iat: now, exp: now + hours(5) })));
  store.policyChoice.choose('strict');
  await settle();
  expect(store.judgement.report.value.policy).toBe('strict');
  expect(host.stored.policy).toBe('strict');
});

test('a page is marked by its origin, and the mark is remembered', async () => {
  const { host, store, see } = await openStore();
  await see(withToken(daily.host()));
  expect(store.pageMarks.mark.value).toBeNull();
  store.pageMarks.setMark('guest');
  await settle();
  expect(store.pageMarks.mark.value).toBe('guest');
  expect(host.stored.pageMarks).toEqual({ 'https://call.example': 'guest' });
  const rules = store.rows.listed.value.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  expect(rules).toContain('video-host-on-guest-page');
  store.pageMarks.setMark(null);
  expect(host.stored.pageMarks).toEqual({});
});

test('a page called __proto__ gets no mark of its own accord', async () => {
  const { store, see } = await openStore();
  await see({ ...withToken(daily.host()), page: { url: '__proto__', title: '', scriptOrigins: null, loadedAt: now } });
  expect(store.pageMarks.mark.value).toBeNull();
});

test('settings that cannot be loaded or saved are said to be so, and the rest goes on', async () => {
  const host = createFakeHost();
  host.answers.load = new Error('Storage is full.');
  const store = createStore(host, { createWorker: inlineWorker });
  const close = store.open();
  await settle();
  expect(store.messages.failure.value).toBe('Settings could not be read: Storage is full.');
  host.emitState(watching);
  host.emitCapture(withToken(daily.guest()));
  await settle();
  expect(store.rows.listed.value).toHaveLength(1);
  close();
});

test('while one capture is searched, only the latest of the others waits', async () => {
  const asked: InspectRequest[] = [];
  const worker: InspectWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (request) => asked.push(request),
    terminate: () => {},
  };
  const { host } = await openStore({ createWorker: () => worker });
  for (const seconds of [0, 1, 2, 3]) host.emitCapture(captureOf({ readAt: now + seconds }));
  await settle();
  worker.onmessage?.({ data: { kind: 'done', files: null } } as MessageEvent);
  await settle();
  expect(asked.map(({ ask }) => ask.kind === 'look' && ask.capture.readAt)).toEqual([now, now + 3]);
});

test('a search that fails becomes a problem, and what was seen before stays, also for the worker that follows', async () => {
  const workers: InspectWorker[] = [];
  const createWorker = () => {
    workers.push(inlineWorker());
    return workers.at(-1) as InspectWorker;
  };
  const { store, see } = await openStore({ createWorker });
  await see(withToken(daily.guest()));
  const [first] = workers as [InspectWorker];
  first.postMessage = () => first.onerror?.(new Event('error') as ErrorEvent);
  await see(captureOf({ readAt: now + 5 }));
  expect(store.rows.listed.value[0]?.goneAt).toBeNull();
  expect(store.judgement.report.value.problems.map(({ message }) => message).join()).toContain('stopped unexpectedly');
  await see(captureOf({ readAt: now + 7, stores: [localStorageOf({ auth: daily.host() })] }));
  expect(workers).toHaveLength(2);
  expect(store.rows.all.value.map(({ goneAt, firstSeenAt }) => [firstSeenAt, goneAt])).toEqual([
    [now + 7, null],
    [now, now + 7],
  ]);
  expect(store.judgement.report.value.problems).toEqual([]);
});

test('pausing stops watching, resuming starts again, rescanning resumes', async () => {
  const { host, store } = await openStore();
  store.watch.togglePause();
  expect(host.asked.unwatch).toBe(1);
  store.watch.togglePause();
  expect(host.asked.watch).toBe(2);
  store.watch.togglePause();
  store.watch.rescan();
  expect(store.watch.paused.value).toBe(false);
  expect(host.asked.rescan).toBe(1);
});

test('a page that cannot be read holds nothing any more', async () => {
  const { host, store, see } = await openStore();
  await see(withToken(daily.guest()));
  host.emitState({ kind: 'unsupported', url: 'chrome://settings/', reason: 'browser-page' });
  await settle();
  expect(store.rows.gone.value).toHaveLength(1);
  expect(store.page.current.value).toBeNull();
});

test('a page that is left while it is searched for the first time holds nothing either', async () => {
  const { host, store } = await openStore();
  host.emitCapture(withToken(daily.guest()));
  host.emitState({ kind: 'unsupported', url: 'chrome://settings/', reason: 'browser-page' });
  await settle();
  expect(store.judgement.report.value.summary.tokens).toBe(0);
  expect(store.page.current.value).toBeNull();
});

test.each(['left', 'closed'])(
  'a capture that waits for what reads a policy is not searched once the page or panel is %s',
  async (end) => {
    const made: InspectRequest[] = [];
    const createWorker = (): InspectWorker => ({
      onmessage: null,
      onerror: null,
      postMessage: (request) => made.push(request),
      terminate: () => {},
    });
    let arrive = () => {};
    const loadJudging = () =>
      new Promise<typeof judging>((resolve) => {
        arrive = () => resolve(judging);
      });
    const host = createFakeHost();
    host.stored = { ...host.stored, policy: 'own', ownPolicies: [{ name: 'own', text: '{}' }] };
    const store = createStore(host, { createWorker, loadJudging });
    const close = store.open();
    await settle();
    host.emitCapture(withToken(daily.guest()));
    await settle();
    if (end === 'left') host.emitState({ kind: 'unsupported', url: 'chrome://settings/', reason: 'browser-page' });
    else close();
    arrive();
    await settle();
    expect(made).toEqual([]);
    expect(store.page.origin.value).toBeNull();
    close();
  },
);

test('several tokens can be chosen, one by one or in a range', async () => {
  const { store, see } = await openStore();
  await see(callPage());
  const ids = store.rows.listed.value.map(({ subject }) => subject.token.id);
  const [first = '', second = '', third = ''] = ids;
  store.selection.select(first);
  store.selection.select(third, 'toggle');
  expect(store.selection.selected.value).toHaveLength(2);
  store.selection.select(third, 'toggle');
  expect(store.selection.ids.value).toEqual([first]);
  store.selection.select(third, 'range');
  expect(store.selection.ids.value).toEqual([first, second, third]);
  store.selection.deselect();
  expect(store.selection.active.value).toBeNull();
});

test('details of a token that is cleared close, and open again with it', async () => {
  const { store, see } = await openStore();
  const token = daily.guest();
  await see(withToken(token));
  store.selection.select(store.rows.listed.value[0]?.subject.token.id ?? '');
  await see(captureOf({ readAt: now + 1 }));
  store.watch.clear();
  await settle();
  expect(store.selection.active.value).toBeNull();
  await see(withToken(token, now + 2));
  expect(store.selection.active.value).not.toBeNull();
});

test('while files are shown the page is judged on by what holds for it', async () => {
  const marks: unknown[] = [];
  let ofPage: InspectWorker | null = null;
  const createWorker = () => {
    const worker = inlineWorker();
    const { postMessage } = worker;
    ofPage ??= worker;
    worker.postMessage = (request) => {
      if (worker === ofPage && 'pageMark' in request.surroundings) marks.push(request.surroundings.pageMark);
      postMessage(request);
    };
    return worker;
  };
  const { store, see } = await openStore({ createWorker });
  await see(withToken(daily.guest()));
  store.pageMarks.setMark('guest');
  await settle();
  await store.recordings.open([new File([daily.host()], 'log.txt')]);
  await settle();
  await see(withToken(daily.guest(), now + 5));
  store.recordings.leave();
  await settle();
  expect(marks).toEqual([null, 'guest']);
});

test('code that cannot be loaded is told, and what the worker found is shown', async () => {
  const loadJudging = () => Promise.reject(new Error('it is missing.'));
  const { store, see } = await openStore({ loadJudging });
  await see(withToken(daily.guest()));
  expect(store.rows.listed.value).toHaveLength(1);
  expect(store.messages.failure.value).toContain('could not be loaded: it is missing.');
});

test('filters combine', async () => {
  const { store, see } = await openStore();
  await see(callPage());
  store.filter.platform.value = 'daily';
  store.filter.text.value = 'role:host';
  expect(store.rows.listed.value).toHaveLength(1);
  store.filter.severity.value = 'critical';
  expect(store.rows.listed.value).toHaveLength(0);
  store.filter.clear();
  expect(store.rows.listed.value).toHaveLength(store.rows.all.value.length);
});

test('a search from the surroundings sets the filter', async () => {
  const { host, store } = await openStore();
  host.search('grace');
  expect(store.filter.text.value).toBe('grace');
  host.search(null);
  expect(store.filter.text.value).toBe('');
});

test('an export masks tokens unless told otherwise', async () => {
  const { host, store, see } = await openStore();
  const token = jwt({ sub: 'someone' });
  await see(withToken(token));
  await store.exporting.exportReport(false, 'json');
  await store.exporting.exportReport(true, 'json');
  const [masked, whole] = host.saved;
  expect(masked?.text).not.toContain(token);
  expect(whole?.text).toContain(token);
  expect(JSON.parse(masked?.text ?? '').tokens).toHaveLength(1);
  expect(masked?.name).toMatch(/^roomkey-.*\.json$/);
});

test('what the browser refuses is said', async () => {
  const { host, store } = await openStore();
  host.answers.copy = new Error('Writing to the clipboard is blocked.');
  await store.clipboard.copy('Token', 'text');
  expect(store.messages.failure.value).toContain('Writing to the clipboard is blocked.');
  host.answers.access = new Error('No prompt could be shown.');
  await store.page.requestAccess('https://call.example');
  expect(store.messages.failure.value).toContain('No prompt could be shown.');
});

test('access is asked for one site', async () => {
  const { host, store } = await openStore();
  await store.page.requestAccess('https://call.example');
  expect(host.asked.access).toEqual([['https://call.example']]);
  expect(store.messages.notice.value).toContain('can be read now');
});

test('closing stops everything', async () => {
  const { host, store, close, see, ticks } = await openStore();
  close();
  await see(withToken(daily.guest()));
  expect(store.rows.listed.value).toEqual([]);
  expect(host.asked.unwatch).toBe(1);
  expect(ticks.size).toBe(0);
});

test('a policy of one’s own is never taken for another while what reads it is loaded', async () => {
  const asked: (string | undefined)[] = [];
  const createWorker = () => {
    const worker = inlineWorker();
    const { postMessage } = worker;
    worker.postMessage = (request) => {
      asked.push(request.surroundings.policy?.name);
      postMessage(request);
    };
    return worker;
  };
  let arrive = () => {};
  const loaded = new Promise<typeof judging>((resolve) => {
    arrive = () => resolve(judging);
  });
  const host = createFakeHost();
  const store = createStore(host, { createWorker, loadJudging: () => loaded });
  const close = store.open();
  await settle();
  host.emitCapture(withToken(daily.guest()));
  await settle();
  host.stored = { ...host.stored, ownPolicies: [{ name: 'own', text: '{"name":"own","extends":"strict"}' }] };
  await store.settings.load();
  store.policyChoice.choose('own');
  await settle();
  expect(asked.slice(1).filter(Boolean)).toEqual([]);
  arrive();
  await settle();
  expect(store.judgement.report.value.policy).toBe('own');
  expect(asked.filter(Boolean)).toEqual(['standard', 'own']);
  close();
});

test('panels of other tabs are told the ids of join tokens that are in this tab alone, and a token that they hold, too, is flagged', async () => {
  const { host, store, see } = await openStore();
  const [call, kept, session] = [daily.guest(), daily.host(), jwt({ sub: 'ada', exp: now + hours(1) })];
  // What lies in localStorage is in every tab of the site.
  const stores = [localStorageOf({ kept, session }), sessionStorageOf({ call, session })];
  await see(captureOf({ stores }));
  const [id = ''] = host.toldTabs;
  const subjects = () => store.judgement.report.value?.subjects ?? [];
  expect(host.toldTabs).toEqual([subjects().find(({ token }) => token.text === call)?.token.id]);
  host.emitOtherTabs({ [id]: 2, another: 1 });
  await settle();
  const found = () => subjects().flatMap(({ findings }) => findings.map(({ rule }) => rule));
  expect(found()).toContain('token-reused-tabs');
  host.emitOtherTabs({ another: 1 });
  await settle();
  expect(found()).not.toContain('token-reused-tabs');
  await see(captureOf({ stores: [localStorageOf({ session })] }));
  expect(host.toldTabs).toEqual([]);
});
