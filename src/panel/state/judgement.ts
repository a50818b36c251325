import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import type { FoundKey, Report, Subject } from '../../engine/model/report.ts';
import { countsBySeverity } from '../../engine/model/severity-order.ts';
import type { Sighting, Token } from '../../engine/model/token.ts';
import { nextJudgementAt } from './next-judgement.ts';
import type { PageModel } from './page.ts';
import type { PageMarks } from './page-marks.ts';
import type { ChosenPolicy } from './policy-choice.ts';
import type { Shown } from './shown.ts';
import type { Time } from './time.ts';

export type Judging = typeof import('../chunks/judging.ts');

/** The code that judges, loaded when there is a first token to judge. */
export function createJudgingCode(load: () => Promise<Judging>) {
  const code = signal<Judging | null>(null);
  return {
    code,
    async load(): Promise<void> {
      code.value ??= await load();
    },
  };
}

export interface JudgementOptions {
  judging: ReturnType<typeof createJudgingCode>;
  time: Time;
  shown: Shown;
  /** The inspected page, whatever is shown. */
  inspected: Pick<PageModel, 'current' | 'frames' | 'sightings'>;
  policy: ReadonlySignal<ChosenPolicy>;
  marks: Pick<PageMarks, 'mark' | 'loggedOut'>;
  /** Weak keys that were found, by token id. */
  keys: ReadonlySignal<ReadonlyMap<string, FoundKey>>;
}

/** The report, computed from what was seen and from the time of judging. */
export function createJudgement({ judging, time, shown, inspected, policy, marks, keys }: JudgementOptions) {
  const judgedAt = signal(time.actual.value);
  const decoded = new Map<string, Token>();
  /** Remembers what it said, so that only what has changed is judged again. */
  const inspect = computed(() => judging.code.value?.createInspector() ?? judgeNothing);
  const report = computed<Report>(
    () =>
      shown.savedReport.value ??
      inspect.value(shown.sightings.value, {
        now: time.asOf.value ?? judgedAt.value,
        policy: policy.value.policy,
        page: shown.page.value,
        pageMark: marks.mark.value,
        loggedOut: marks.loggedOut.value,
        problems: [...policy.value.problems, ...shown.problems.value],
        keys: keys.value,
        decoded,
      }),
  );

  return {
    report,

    /** Gets ready to judge what was found. */
    async prepare(found: { sightings: readonly Sighting[]; decoded: readonly [string, Token][] }): Promise<void> {
      if (found.sightings.length > 0) await judging.load();
      for (const [text, token] of found.decoded) decoded.set(text, token);
    },

    judgeNow(): void {
      judgedAt.value = time.read();
    },

    /** The room the page wants to enter with a token, where its URLs tell. */
    roomOf(subject: Subject): string | null {
      const { value: page } = shown.page;
      const frames = page ? inspected.frames.value.map((url) => ({ url })) : [];
      return judging.code.value?.roomBeingJoined(subject, { pageUrl: page?.url ?? null, frames }) ?? null;
    },

    /** Judges again when the clock may have changed something, or was set back. */
    tick(): void {
      batch(() => {
        const now = time.read();
        if (now >= nextJudgementAt(report.peek(), inspected.current.peek()) || now < judgedAt.value)
          judgedAt.value = now;
      });
    },

    /** Decoded tokens that are no longer listed are let go. */
    prune(): void {
      const texts = new Set([...inspected.sightings.value, ...shown.sightings.value].map(({ token }) => token));
      for (const text of decoded.keys()) if (!texts.has(text)) decoded.delete(text);
    },
  };
}

/** The report while there is nothing to judge. */
const judgeNothing: ReturnType<Judging['createInspector']> = (_, { now, policy, problems = [] }) => ({
  now,
  policy: policy.name,
  subjects: [],
  findings: [],
  problems,
  summary: { tokens: 0, muted: 0, ...countsBySeverity(() => 0) },
});
