import { batch, signal } from '@preact/signals';
import { originOf } from '../../engine/find/sources/url-snippets.ts';
import type { Capture } from '../../engine/model/capture.ts';
import type { InspectClient } from '../workers/inspect-client.ts';
import type { PageModel } from './page.ts';

export interface SearchOptions {
  client: Pick<InspectClient, 'ask' | 'stop'>;
  page: Pick<PageModel, 'failure' | 'fail' | 'origin'>;
  /** Called before a search; when it rejects, the search has failed. */
  prepare: () => Promise<void>;
  /** Called when what was found is on screen, or why there is nothing. */
  ended: () => void;
}

/** Searches captures one at a time; while one is searched, only the latest of the others is kept. */
export function createSearch({ client, page, prepare, ended }: SearchOptions) {
  const progress = signal<{ done: number } | null>(null);
  let next: Capture | null = null;
  /** What is searched, or waits for what has to be there before. */
  let current: Capture | null = null;
  let isRunning = false;
  let isOpen = false;

  async function searchAll(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    while (next && isOpen) {
      current = next;
      next = null;
      await search(current);
    }
    current = null;
    isRunning = false;
    progress.value = null;
  }

  function look(capture: Capture) {
    const onSearched = (done: number) => {
      progress.value = { done };
    };
    return batch(() => {
      page.origin.value = capture.page && originOf(capture.page.url);
      return client.ask({ kind: 'look', capture }, { onSearched });
    });
  }

  async function search(capture: Capture): Promise<void> {
    try {
      await prepare();
      if (current === capture && isOpen) {
        await look(capture);
        page.failure.value = null;
      }
    } catch (error) {
      if (isOpen) page.fail(error);
    }
    ended();
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
      current = null;
    },

    /** Gives up the search that is running, and what waits. */
    stop(): void {
      next = null;
      client.stop();
    },

    open(): () => void {
      isOpen = true;
      return () => {
        isOpen = false;
        client.stop();
      };
    },
  };
}

export type Search = ReturnType<typeof createSearch>;
