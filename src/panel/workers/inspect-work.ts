import { type Policy, standard } from '../../engine/audit/policy/policies.ts';
import { find } from '../../engine/find/find.ts';
import type { Problem } from '../../engine/model/capture.ts';
import type { LookedPlace } from '../../engine/model/looked-at.ts';
import type { Report } from '../../engine/model/report.ts';
import { countsBySeverity } from '../../engine/model/severity-order.ts';
import type { Sighting } from '../../engine/model/token.ts';
import {
  afterLeaving,
  afterLook,
  afterTraffic,
  allSightings,
  emptyTimeline,
  problemsOf,
  type Timeline,
  withoutGone,
} from '../../engine/timeline/timeline.ts';
import type { Ask, FilesRead, InspectReply, InspectRequest, Surroundings } from './inspect-messages.ts';
import { createTrafficKeeper } from './keep-traffic.ts';
import { nextJudgementAt } from './next-judgement.ts';
import { createOwnTexts } from './own-texts.ts';
import { createChangesTeller } from './report-changes.ts';

type Looking = typeof import('../chunks/looking.ts');

/** What only some requests need, loaded when the first of them comes. */
export interface WorkCode {
  looking: () => Promise<Looking>;
  judging: () => Promise<typeof import('../chunks/judging.ts')>;
  expecting: () => Promise<typeof import('../chunks/expecting.ts')>;
  reading: () => Promise<typeof import('./read-files.ts')>;
}

const loaded: WorkCode = {
  looking: () => import('../chunks/looking.ts'),
  judging: () => import('../chunks/judging.ts'),
  expecting: () => import('../chunks/expecting.ts'),
  reading: () => import('./read-files.ts'),
};

/** So many of many tokens are judged and told first, so that there is something to see. */
const firstRows = 100;

/** What holds until it is told. */
export const untoldSurroundings: Surroundings = {
  policy: standard,
  pageMark: null,
  loggedOut: null,
  keys: new Map(),
  elsewhere: new Map(),
  expectations: { expect: [] },
  preservesLog: true,
};

/**
 * Does what the worker is asked, one thing after the other: searches, keeps what was found over time, judges it, and tells what
 * differs from the report before. Every request is answered once, and one that fails leaves what is known as it was.
 */
export function createInspectionWork(tell: (reply: InspectReply) => void, code: WorkCode = loaded) {
  let surroundings: Surroundings = untoldSurroundings;
  const ownTexts = createOwnTexts();
  let timeline: Timeline = emptyTimeline;
  let saved: Report | null = null;
  let looking: Looking;
  let lookedAt: readonly LookedPlace[] = [];
  /** False after a worker that ended before it had told everything. */
  let isWhole = true;
  let inspect: ReturnType<Awaited<ReturnType<WorkCode['judging']>>['createInspector']> | null = null;
  const takeTraffic = createTrafficKeeper();
  let changesIn = createChangesTeller();
  let last: Promise<void> = Promise.resolve();

  return function receive(request: InspectRequest): void {
    last = last.then(() => answer(request));
  };

  async function answer({ ask, now: clock, surroundings: changed }: InspectRequest): Promise<void> {
    try {
      surroundings = { ...surroundings, ...changed };
      looking = await code.looking();
      const isFirst = allSightings(timeline).length === 0;
      const files = await take(ask, clock);
      // What is restored is on screen already; the next request tells all of it.
      if (ask.kind === 'restore') return tell({ kind: 'done', files });
      // What tells when it was recorded is judged as of then at first.
      const now = files?.recordedAt ?? clock;
      const sightings = allSightings(timeline);
      if (sightings.length > 0) inspect ??= (await code.judging()).createInspector();
      if (isFirst && sightings.length > 2 * firstRows) await tellReport(sightings.slice(0, firstRows), now, false);
      await tellReport(sightings, now, isWhole);
      tell({ kind: 'done', files });
    } catch (error) {
      // Whatever of a report was not told is told with the next one.
      changesIn = createChangesTeller();
      tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  async function take(ask: Ask, now: number): Promise<FilesRead | null> {
    switch (ask.kind) {
      case 'look': {
        // A page that is looked at probably holds tokens: what judges them is fetched while they are searched for.
        void code.judging().catch(() => {});
        const found = find(ask.capture, undefined, (done) => tell({ kind: 'searched', done }));
        const sightings = ownTexts(found.sightings);
        const looks = looking.looksAgain(timeline.looks, ask.capture, found);
        timeline = afterLook(timeline, { ...found, sightings, looks }, ask.capture, surroundings);
        isWhole = true;
        return null;
      }
      case 'traffic':
        timeline = afterTraffic(timeline, takeTraffic(timeline.traffic, ask.exchanges, now, looking), surroundings);
        return null;
      case 'read': {
        const { readFiles } = await code.reading();
        const read = await readFiles(ask.files, now, (progress) => tell({ kind: 'reading', progress }));
        const { sightings, problems, inputs, recordedAt } = read;
        timeline = {
          ...emptyTimeline,
          sightings,
          problems,
          looks: read.lookedAt,
        };
        saved = read.saved?.report ?? null;
        return {
          inputs,
          recordedAt,
          saved: read.saved && { ...read.saved, report: { ...read.saved.report, subjects: [] } },
        };
      }
      case 'restore':
        ({ timeline, saved, isWhole } = ask);
        return null;
      case 'leave':
        timeline = afterLeaving(timeline, ask.at);
        return null;
      case 'forget-gone':
        timeline = withoutGone(timeline);
        return null;
      case 'judge':
        return null;
    }
  }

  function judge(sightings: readonly Sighting[], now: number): Report {
    const { policy, pageMark, loggedOut, keys, elsewhere } = surroundings;
    const problems = problemsOf(timeline);
    lookedAt = looking.allLooks(timeline, lookedAt);
    if (!inspect) return { ...nothingFound(now, policy, problems), lookedAt };
    const { page } = timeline;
    return inspect(sightings, { now, policy, page, pageMark, loggedOut, problems, lookedAt, keys, elsewhere });
  }

  async function tellReport(judged: readonly Sighting[], now: number, isAll: boolean): Promise<void> {
    const report = saved ?? judge(judged, now);
    const { expectations: expected } = surroundings;
    const isChecked = isAll && expected.expect.length > 0;
    const expectations = isChecked ? (await code.expecting()).checkExpectations(report, expected) : [];
    const { sightings: _, ...known } = timeline;
    const told = { ...known, traffic: { ...known.traffic, sightings: [] } };
    const judgeAgainAt = nextJudgementAt(report, told.page);
    const sightings = positionsOf(judged, report);
    for (const change of changesIn(report, { isWhole: isAll, expectations, timeline: told, sightings, judgeAgainAt }))
      tell({ kind: 'report', change });
  }
}

/** Where each stands among the sightings of all subjects; what follows what within one second is told by their order. */
function positionsOf(sightings: readonly Sighting[], { subjects }: Report): Uint32Array {
  const positions = new Map<Sighting, number>();
  for (const subject of subjects) for (const sighting of subject.sightings) positions.set(sighting, positions.size);
  return Uint32Array.from(sightings, (sighting) => positions.get(sighting) ?? 0);
}

function nothingFound(now: number, { name: policy }: Policy, problems: Problem[]): Report {
  const summary = { tokens: 0, gone: 0, muted: 0, ...countsBySeverity(() => 0) };
  return { now, policy, subjects: [], findings: [], problems, summary };
}
