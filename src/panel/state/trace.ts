import { computed, signal } from '@preact/signals';
import type { Problem } from '../../engine/model/capture.ts';
import type { Host, TraceState } from '../host.ts';

/** Whether calls of the page's scripts are traced, until the panel is closed: it costs the page, so nobody finds it on who did not just choose it. */
export function createTrace(host: Pick<Host, 'trace'>) {
  const isOn = signal(false);
  const state = signal<TraceState | null>(null);
  const hasFailed = signal(false);
  /** In sentences: where less is traced than could be. */
  const shortcomings = computed(() => (hasFailed.value ? [failure] : state.value ? sentencesOf(state.value) : []));

  return {
    isOn,
    state,
    shortcomings,
    isPossible: host.trace !== undefined,
    problems: computed<Problem[]>(() =>
      shortcomings.value.length > 0
        ? [{ code: 'trace-incomplete', message: `Trace: ${shortcomings.value.join(' ')}` }]
        : [],
    ),

    set(isWanted: boolean): void {
      isOn.value = isWanted;
      state.value = null;
      hasFailed.value = false;
      host.trace?.(isWanted);
    },

    /** Null where tracing could not begin at all. */
    hear(told: TraceState | null): void {
      if (!isOn.peek()) return;
      state.value = told;
      hasFailed.value = told === null;
    },
  };
}

const failure = 'Tracing could not begin. Close devtools and open them again.';

function sentencesOf({ ended, hidden, taken, missed, unreached, isIdle }: TraceState): string[] {
  return [
    isIdle && '“Deactivate breakpoints” is on in the Sources panel: nothing is traced until it is off.',
    ended.length > 0 &&
      `Called more than 20 times a second, so no longer traced until the page is loaded again: ${ended.join(', ')}.`,
    taken > 0 &&
      `${documents(taken)} took away what the trace needs: nothing is traced any more of what is loaded now.`,
    hidden > 0 && `${documents(hidden)} cannot be traced, because of a variable “debug” of the page’s own.`,
    missed > 0 &&
      `${missed.toLocaleString('en')} ${missed === 1 ? 'call was' : 'calls were'} too many at once and left out.`,
    unreached > 0 &&
      `${unreached.toLocaleString('en')} ${unreached === 1 ? 'frame is' : 'frames are'} not traced: sandboxed, not of the web, or with the address of another.`,
  ].filter((sentence) => sentence !== false);
}

const documents = (count: number) => (count === 1 ? 'A document' : `${count.toLocaleString('en')} documents`);

export type TraceModel = ReturnType<typeof createTrace>;
