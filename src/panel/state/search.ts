import { signal } from '@preact/signals';
import type { Capture, Problem } from '../../engine/model/capture.ts';
import type { Searcher } from '../workers/find-client.ts';
import type { Found } from '../workers/find-messages.ts';
import { messageOf } from './messages.ts';

export interface SearchOptions {
  searcher: Searcher;
  /** Called before what was found is shown; when it rejects, the search has failed. */
  prepare: (found: Found) => Promise<void>;
  /** Shows what was found; null when the search failed, for the reason among the problems. */
  show: (capture: Capture, found: Found | null, problems: readonly Problem[]) => void;
}

/** Searches captures one at a time; while one is searched, only the latest of the others is kept. */
export function createSearch({ searcher, prepare, show }: SearchOptions) {
  const progress = signal<{ done: number } | null>(null);
  let next: Capture | null = null;
  let isRunning = false;
  let isOpen = false;

  async function searchAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (next && isOpen) {
      const capture = next;
      next = null;
      await search(capture);
    }
    isRunning = false;
    progress.value = null;
  }

  async function search(capture: Capture): Promise<void> {
    try {
      const found = await searcher.find(capture, (done) => {
        progress.value = { done };
      });
      await prepare(found);
      if (isOpen) show(capture, found, found.problems);
    } catch (error) {
      const message = `${messageOf(error)} What was seen before is still shown; press Rescan to try again.`;
      if (isOpen) show(capture, null, [...capture.problems, { code: 'search-failed', message }]);
    }
  }

  return {
    /** How far the running search is, from 0 to 1; null when none runs. */
    progress,

    add(capture: Capture): void {
      next = capture;
      void searchAll();
    },

    /** What waits is not searched any more. */
    forget(): void {
      next = null;
    },

    /** Gives up the search that is running, and what waits. */
    stop(): void {
      next = null;
      searcher.cancel();
    },

    open(): () => void {
      isOpen = true;
      return () => {
        isOpen = false;
        searcher.cancel();
      };
    },
  };
}

export type Search = ReturnType<typeof createSearch>;
