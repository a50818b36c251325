import fc from 'fast-check';
import { expect, test } from 'vitest';
import { captureOf, cookieOf, exchangeOf, localStorageOf, sessionStorageOf } from '../../../test/builders/captures.ts';
import { daily, hours, jwt, now } from '../../../test/builders/tokens.ts';
import { codeAhead } from '../../../test/doubles/inline-worker.ts';
import { relaxed, standard, strict } from '../../engine/audit/policy/policies.ts';
import { find, inspect } from '../../engine/inspect.ts';
import { allLooks, looksAfter } from '../../engine/looks/all-looks.ts';
import { looksIn } from '../../engine/looks/looks-in.ts';
import type { Capture, Exchange } from '../../engine/model/capture.ts';
import type { Report } from '../../engine/model/report.ts';
import {
  afterLeaving,
  afterLook,
  allSightings,
  emptyTimeline,
  problemsOf,
  type Timeline,
  withoutGone,
} from '../../engine/timeline/timeline.ts';
import * as expecting from '../chunks/expecting.ts';
import { createInspectClient, type InspectWorker } from './inspect-client.ts';
import type { Ask, InspectReply, Surroundings } from './inspect-messages.ts';
import { createInspectionWork, untoldSurroundings } from './inspect-work.ts';
import { createTrafficKeeper } from './keep-traffic.ts';
import type { Judged } from './report-changes.ts';

/** More by hand: `SEQUENCES=20000 SEED=7 npx vitest run src/panel/workers/any-sequence.test.ts --testTimeout 3600000`. */
const { SEQUENCES = '60', SEED = '20261126' } = process.env;

const version = (number: number) => daily.guest({ exp: now + hours(number) });
const tokens = [
  version(1),
  version(2),
  version(3),
  daily.host(),
  jwt({ sub: 'ada', exp: now + 90 }),
  jwt({ sub: 'bob', iss: 'https://id.example' }),
  `${jwt({ sub: 'cut' }).slice(0, 60)}`,
  'no token at all',
];

/** What a worker does between two of its replies: it may break, or be stopped, at any of them. */
interface Doom {
  /** Replies until then. */
  after: number;
  how: 'breaks' | 'is stopped';
}

type Step =
  | { kind: 'look'; places: readonly number[]; document: number; isUnread: boolean; hasPage: boolean }
  | { kind: 'traffic'; sent: readonly number[] }
  | { kind: 'leave' | 'forget-gone' | 'judge' }
  | { kind: 'around'; changed: Partial<Surroundings> };

interface Move {
  step: Step;
  /** Seconds by which the clock moves before it, back perhaps. */
  seconds: number;
  doom: Doom | null;
  /** Whether the next step is asked before this one is answered. */
  isHurried: boolean;
}

const places = fc.array(fc.nat(tokens.length - 1), { minLength: 6, maxLength: 6 });
const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('look' as const),
      places,
      document: fc.nat(2),
      isUnread: fc.integer({ max: 9 }).map((one) => one === 0),
      hasPage: fc.nat(9).map((one) => one > 0),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('traffic' as const),
      sent: fc.array(fc.nat(tokens.length - 1), { maxLength: 9 }),
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom('leave', 'forget-gone', 'judge').map((kind) => ({ kind }) as const) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom<Partial<Surroundings>>(
        { policy: standard },
        { policy: strict },
        { policy: relaxed },
        {
          policy: {
            ...standard,
            mutes: [{ rule: 'exp-missing', token: null, place: null, origin: null, reason: 'accepted' }],
          },
        },
        { pageMark: 'guest' },
        { pageMark: null },
        { loggedOut: { origin: 'https://call.example', at: now } },
        { loggedOut: null },
        { keys: new Map([['__proto__', { text: 'secret', source: 'common' } as never]]) },
        { preservesLog: false },
        { preservesLog: true },
        { expectations: { expect: [] } },
        { expectations: { expect: [{ name: 'one guest', count: 1, tokens: { role: 'guest' } }] } },
        { expectations: { expect: [{ name: 'nothing', count: 0, tokens: {} }] } },
      )
      .map((changed) => ({ kind: 'around' as const, changed })),
  },
);
const moves: fc.Arbitrary<Move> = fc.record({
  step: steps,
  seconds: fc.constantFrom(0, 0, 0, 1, 5, 120, 4000, -3),
  doom: fc.option(fc.record({ after: fc.nat(4), how: fc.constantFrom('breaks' as const, 'is stopped' as const) }), {
    freq: 6,
  }),
  isHurried: fc.boolean(),
});

function captureAt({ places: at, document, isUnread, hasPage }: Step & { kind: 'look' }, readAt: number): Capture {
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = at.map((index) => tokens[index] ?? '');
  const url = `https://call.example/room${document === 2 ? '' : `?t=${c}`}`;
  return captureOf({
    readAt,
    page: hasPage ? { url, title: '', scriptOrigins: null, loadedAt: readAt, documentId: `D${document}` } : null,
    stores: isUnread ? [] : [localStorageOf({ a, b, ['__proto__']: d }), sessionStorageOf({ a: e })],
    cookies: [cookieOf('s', f, document === 1 ? { domain: null, hostOnly: null, path: null, httpOnly: false } : {})],
    problems: isUnread ? [{ code: 'frame-unreadable', message: 'Unread.', subject: 'https://call.example/' }] : [],
  });
}

/** Requests for the page: for its document, with a token in the address, and to its server, with one in a header. */
function exchangesAt({ sent }: Step & { kind: 'traffic' }, startedAt: number): Exchange[] {
  return sent.map((index, number) =>
    exchangeOf({
      name: `request ${number + 1}`,
      startedAt,
      ...(number === 0
        ? { url: `https://call.example/room?t=${tokens[index]}`, isDocument: true }
        : { requestHeaders: [{ name: 'authorization', value: `Bearer ${tokens[index]}` }] }),
    }),
  );
}

/** A real worker's work behind messages that are copied, and may end at any of them. */
function doomedWorkers() {
  let doom: Doom | null = null;
  let stop = () => {};
  function create(): InspectWorker {
    let isOver = false;
    const tell = (reply: InspectReply) => {
      if (isOver) return;
      if (doom && doom.after-- <= 0) {
        const { how } = doom;
        doom = null;
        if (how === 'breaks') worker.onerror?.(new Event('error') as ErrorEvent);
        else stop();
        return;
      }
      worker.onmessage?.({ data: structuredClone(reply) } as MessageEvent<InspectReply>);
    };
    const receive = createInspectionWork(tell, codeAhead);
    const worker: InspectWorker = {
      onmessage: null,
      onerror: null,
      postMessage: (request) => receive(structuredClone(request)),
      terminate: () => {
        isOver = true;
      },
    };
    return worker;
  }
  return {
    create,
    threaten: (given: Doom | null, stopping: () => void) => {
      doom = given && { ...given };
      stop = stopping;
    },
  };
}

const reportOf = ({ now: at, policy, subjects, findings, problems, lookedAt, summary }: Report): Report => ({
  now: at,
  policy,
  subjects,
  findings,
  problems,
  ...(lookedAt && { lookedAt }),
  summary,
});

/** What a request makes of what is known, told by nobody but the engine. */
function after(known: Timeline, ask: Ask, { preservesLog }: Surroundings, at: number): Timeline {
  if (ask.kind === 'look') {
    const found = find(ask.capture);
    const looks = looksIn(ask.capture, found);
    return afterLook(known, { ...found, looks }, ask.capture, { preservesLog });
  }
  if (ask.kind === 'traffic') {
    const traffic = createTrafficKeeper()(known.traffic, ask.exchanges, at, { looksAfter });
    return { ...known, traffic };
  }
  if (ask.kind === 'leave') return afterLeaving(known, ask.at);
  return ask.kind === 'forget-gone' ? withoutGone(known) : known;
}

async function play(list: readonly Move[]): Promise<void> {
  let clock = now;
  let around: Surroundings = untoldSurroundings;
  let known = emptyTimeline;
  const asked: { ask: Ask; around: Surroundings; now: number }[] = [];
  const differences: unknown[] = [];
  const workers = doomedWorkers();
  const client = createInspectClient({
    createWorker: workers.create,
    surroundings: () => around,
    now: () => clock,
    onReport: (judged) => {
      try {
        compare(judged);
      } catch (error) {
        differences.push(error);
      }
    },
  });

  function compare(judged: Judged): void {
    const first = asked[0];
    if (!first) throw new Error('A report that nobody asked for.');
    known = after(known, first.ask, first.around, first.now);
    const { policy, pageMark, loggedOut, keys, expectations } = first.around;
    const { page } = known;
    const options = { now: first.now, policy, page, pageMark, loggedOut, keys, problems: problemsOf(known) };
    const lookedAt = allLooks(known);
    const all = inspect(allSightings(known), { ...options, lookedAt });
    expect(reportOf(judged)).toEqual(all);
    expect(judged.isWhole).toBe(true);
    const results = expectations.expect.length > 0 ? expecting.checkExpectations(all, expectations) : [];
    expect(judged.expectations).toEqual(results);
    expect(judged.timeline).toEqual({
      ...known,
      sightings: undefined,
      traffic: { ...known.traffic, sightings: [] },
    });
  }

  for (const { step, seconds, doom, isHurried } of list) {
    clock += seconds;
    workers.threaten(doom, client.stop);
    if (step.kind === 'around') around = { ...around, ...step.changed };
    const ask: Ask =
      step.kind === 'look'
        ? { kind: 'look', capture: captureAt(step, clock) }
        : step.kind === 'traffic'
          ? { kind: 'traffic', exchanges: exchangesAt(step, clock) }
          : step.kind === 'leave'
            ? { kind: 'leave', at: clock }
            : { kind: step.kind === 'around' ? 'judge' : step.kind };
    const one = { ask, around, now: clock };
    asked.push(one);
    const end = () => asked.splice(asked.indexOf(one), 1);
    const answer = client.ask(ask).then(end, end);
    if (!isHurried) await answer;
  }
  while (client.isBusy()) await new Promise((resolve) => setTimeout(resolve));
  client.stop();
  if (differences.length > 0) throw differences[0];
}

test('whatever is asked, and wherever a worker breaks or is stopped, what is shown is what the engine says of all that was taken in', async () => {
  await fc.assert(fc.asyncProperty(fc.array(moves, { minLength: 1, maxLength: 14 }), play), {
    numRuns: Number(SEQUENCES),
    seed: Number(SEED),
  });
});
