import { computed, type ReadonlySignal } from '@preact/signals';
import type { Report, Subject } from '../../engine/model/report.ts';

type Judging = Pick<typeof import('../chunks/judging.ts'), 'joinAnswer'>;
/** Why a server refuses a token: an answer of the code that knows platforms. */
export type Refusal = NonNullable<ReturnType<Judging['joinAnswer']>>['causes'][number];
type Surroundings = Parameters<Judging['joinAnswer']>[1];

export interface RefusalsOptions {
  /** The code that knows platforms. */
  judging: { code: ReadonlySignal<Judging | null> };
  report: ReadonlySignal<Report>;
  /** Where joining is tried. */
  here: ReadonlySignal<Pick<Surroundings, 'pageUrl' | 'frames'>>;
}

/**
 * Why joining with a token is refused for certain, as of the report; null where it is not, for what opens no call, and until the
 * code that knows platforms is there. Asked once for each token and report, and only of those that somebody looks at.
 */
export function createRefusals({ judging, report, here }: RefusalsOptions): (subject: Subject) => Refusal | null {
  const surroundings = computed<Surroundings>(() => ({ ...here.value, now: report.value.now }));
  const known = new WeakMap<Subject, { as: Surroundings; cause: Refusal | null }>();
  return (subject) => {
    const code = judging.code.value;
    const as = surroundings.value;
    if (!code) return null;
    const before = known.get(subject);
    if (before?.as === as) return before.cause;
    const causes = code.joinAnswer(subject, as)?.causes ?? [];
    const cause = causes.find(({ likelihood }) => likelihood === 'certain') ?? null;
    known.set(subject, { as, cause });
    return cause;
  };
}
