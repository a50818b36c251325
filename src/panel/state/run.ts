import { computed, effect, type ReadonlySignal, type Signal, untracked } from '@preact/signals';
import type { Expectation, Step } from '../../engine/expect/expectations.ts';
import { type RecordingOptions, RunRecording } from './run-recording.ts';
import { RunWalk, type WalkedStep, type WalkOptions } from './run-walk.ts';

export type { Step, WalkedStep };

export interface RunOptions extends RecordingOptions, Pick<WalkOptions, 'report' | 'isWhole'> {
  /** Takes what is expected meanwhile in place of the list, and says what came of it; null while nothing does. */
  takes: Signal<((made: readonly Expectation[]) => string) | null>;
  /** How many expectations of the run failed. */
  failedInRun: Signal<number>;
  /** The page that the report is of; null where it is of none, or of files. */
  page: ReadonlySignal<{ url: string } | null>;
  /** When the user said that they had logged out; null where they did not. */
  loggedOut: ReadonlySignal<{ at: number } | null>;
  rescan: () => void;
}

/**
 * A run over several pages: recorded while the user walks, and checked while they walk it again. The step whose page is in front, or
 * that the user says is done, is the current one; what came of the others stays until the walk begins anew.
 */
export function createRun(options: RunOptions) {
  const { expected, page, rescan } = options;
  const pageUrl = computed(() => page.value?.url ?? null);
  const recording = new RunRecording(options);
  const steps = computed(() => recording.steps.value ?? expected.value.steps ?? []);
  const isRecording = computed(() => recording.steps.value !== null);
  const walk = new RunWalk({ ...options, steps, pageUrl });

  function act(action: string): void {
    recording.act(action);
    walk.goTo(steps.peek().length - 1);
  }

  const endings = follow(options, { recording, walk, pageUrl, isRecording, act });

  return {
    steps,
    isRecording,
    /** What is left out of the addresses that were written down, in words. */
    leftOut: recording.leftOut,
    /** Place of the step that the page in front is of; null for none. */
    current: walk.current,
    /** What came of each step in this walk, by its place. */
    results: walk.results,

    /** Begins to record, in place of the run that is there. */
    record: (): void => recording.begin(),

    /** Ends the recording; what was recorded is the run from then on. */
    stop: (): void => recording.end(),

    /** Says that something was done, in words for whoever does it again. */
    act(action: string): void {
      if (!isRecording.value || action.trim() === '') return;
      act(action.trim());
      rescan();
    },

    /** Says that what a step says has been done. */
    done(index: number): void {
      walk.goTo(index);
      rescan();
    },

    /** An empty name is not kept: the file needs one. */
    rename(index: number, name: string): void {
      const one = steps.peek()[index];
      if (!one || name.trim() === '' || one.name === name) return;
      recording.change(steps.peek().map((step, at) => (at === index ? { ...step, name } : step)));
    },

    remove: (index: number): void => recording.change(steps.peek().filter((_, at) => at !== index)),

    close(): void {
      for (const end of endings) end();
      walk.close();
    },
  };
}

interface Followed {
  recording: RunRecording;
  walk: RunWalk;
  pageUrl: ReadonlySignal<string | null>;
  isRecording: ReadonlySignal<boolean>;
  act: (action: string) => void;
}

/** Has recording and walk follow what the user does, until the functions returned are called. */
function follow(options: RunOptions, { recording, walk, pageUrl, isRecording, act }: Followed): (() => void)[] {
  const { takes, failedInRun, loggedOut } = options;
  let marked = loggedOut.peek();
  return [
    effect(() => {
      const url = pageUrl.value;
      const isRecorded = isRecording.value;
      if (url === null) return;
      untracked(() => {
        if (!isRecorded) {
          walk.comeTo(url);
          return;
        }
        recording.comeTo(url);
        walk.goTo((recording.steps.peek() ?? []).length - 1);
      });
    }),
    effect(() => {
      const mark = loggedOut.value;
      if (mark === null || mark === marked) return;
      marked = mark;
      untracked(() => {
        if (isRecording.value) act('log out');
        else walk.doNext();
      });
    }),
    effect(() => walk.check()),
    effect(() => {
      takes.value = isRecording.value ? (made) => recording.take(made) : null;
    }),
    effect(() => {
      const outcomes = [...walk.results.value.values()].flatMap(({ results }) => results);
      failedInRun.value = outcomes.filter(({ held }) => held === false).length;
    }),
  ];
}

export type Run = ReturnType<typeof createRun>;
