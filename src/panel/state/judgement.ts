import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Problem } from '../../engine/model/capture.ts';
import type { Report, Subject } from '../../engine/model/report.ts';
import { countsBySeverity } from '../../engine/model/severity-order.ts';
import type { Judged } from '../workers/report-changes.ts';
import type { Messages } from './messages.ts';
import type { PageModel } from './page.ts';
import type { ChosenPolicy } from './policy-choice.ts';
import type { Recordings } from './recordings.ts';
import { createRefusals } from './refusals.ts';
import type { Shown } from './shown.ts';
import type { Time } from './time.ts';

export type Judging = typeof import('../chunks/judging.ts');

/** The code that knows platforms and rules, loaded when there is a first token. */
export function createJudgingCode(fetchCode: () => Promise<Judging>, { fail }: Pick<Messages, 'fail'>) {
  const code = signal<Judging | null>(null);
  async function load(): Promise<Judging> {
    code.value ??= await fetchCode();
    return code.value;
  }
  return {
    code,
    load,
    /** Loads it ahead, and says so when that fails. */
    warm: (): void => {
      load().catch((error) => fail('What Roomkey knows of platforms and rules could not be loaded', error));
    },
  };
}

export interface JudgementOptions {
  judging: Pick<ReturnType<typeof createJudgingCode>, 'code'>;
  time: Time;
  shown: Pick<Shown, 'page'>;
  /** The inspected page, whatever is shown. */
  inspected: Pick<PageModel, 'frames' | 'failure'>;
  /** Of the inspected page; null until it was read. */
  judged: ReadonlySignal<Judged | null>;
  recordings: Pick<Recordings, 'imported' | 'judged'>;
  policy: ReadonlySignal<ChosenPolicy>;
  /** What was not read of the page's requests, and not traced. */
  missed: ReadonlySignal<readonly Problem[]>;
  /** Has what is shown judged again. */
  judgeAgain: () => void;
}

/** The report of what is shown, as the worker judged it. */
export function createJudgement(options: JudgementOptions) {
  const { judging, time, shown, inspected, judged, recordings, policy, missed, judgeAgain } = options;
  const told = computed(() => (recordings.imported.value ? recordings.judged.value : judged.value));
  const report = computed<Report>(() => {
    const imported = recordings.imported.value;
    const one = told.value ?? nothingJudged(time.now.peek(), policy.value.policy.name);
    const { now, policy: name, subjects, findings, lookedAt, summary } = one;
    if (imported?.saved) return { ...imported.saved.report, subjects };
    const besides = imported
      ? imported.inputs.flatMap((input) => input.problems)
      : [...failureOf(inspected), ...missed.value];
    return {
      now,
      policy: name,
      subjects,
      findings,
      problems: [...policy.value.problems, ...one.problems, ...besides],
      ...(lookedAt && { lookedAt }),
      summary,
    };
  });

  const here = computed(() => {
    const { value: page } = shown.page;
    return { pageUrl: page?.url ?? null, frames: page ? inspected.frames.value.map((url) => ({ url })) : [] };
  });

  return {
    report,
    /** For certain, and by whom: why a server lets nobody join with a token. */
    refusalOf: createRefusals({ judging, report, here }),
    /** The code that knows platforms and rules; null until it is there. */
    code: judging.code,
    /** False while tokens were found that are not judged yet. */
    isWhole: computed(() => told.value?.isWhole ?? true),
    /** One result for each expectation, in order, about what is on screen. */
    expectations: computed(() => told.value?.expectations ?? []),

    /** The room the page wants to enter with a token, where its URLs tell. */
    roomOf(subject: Subject): string | null {
      return judging.code.value?.roomBeingJoined(subject, here.value) ?? null;
    },

    /** Judges again when the clock may have changed something, or was set back. */
    tick(): void {
      time.read();
      const before = told.peek();
      const now = time.now.peek();
      if (before && (now >= before.judgeAgainAt || now < before.now)) judgeAgain();
    },
  };
}

function failureOf({ failure }: Pick<PageModel, 'failure'>): Problem[] {
  return failure.value ? [failure.value] : [];
}

/** The report while there is nothing to judge. */
function nothingJudged(now: number, policy: string): Report {
  const summary = { tokens: 0, gone: 0, muted: 0, ...countsBySeverity(() => 0) };
  return { now, policy, subjects: [], findings: [], problems: [], summary };
}
