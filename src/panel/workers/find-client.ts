import type { Capture } from '../../engine/model.ts';
import type { WorkerReply } from './find.worker.ts';
import type { Found } from './find-capture.ts';

/** A search that takes longer than this is given up and said so. */
const timeoutMilliseconds = 30_000;

/** The part of a Worker that is used. */
export interface SearchWorker {
  onmessage: ((event: MessageEvent<WorkerReply>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(capture: Capture): void;
  terminate(): void;
}

export interface Searcher {
  /** Rejects with a sentence when the search failed, took too long or was cancelled. */
  find(capture: Capture, onProgress?: (done: number) => void): Promise<Found>;
  /** Ends a running search, whose promise rejects, and the worker. */
  cancel(): void;
}

/**
 * Searches captures in a worker, one at a time. Small ones too: the code that searches then need not be loaded twice, and
 * what a page holds never holds up the panel.
 */
export function createSearcher(createWorker: () => SearchWorker = ownWorker): Searcher {
  let worker: SearchWorker | null = null;
  let abandon: ((reason: string) => void) | null = null;
  return {
    find,
    cancel() {
      abandon?.('The search was stopped.');
      worker?.terminate();
      worker = null;
    },
  };

  async function find(capture: Capture, onProgress: (done: number) => void = () => {}): Promise<Found> {
    const running = worker ?? createWorker();
    worker = running;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => abandon?.('The search took longer than 30 seconds.'), timeoutMilliseconds);
      abandon = (reason) => {
        // Only ending the worker ends its work: the search is one synchronous pass.
        running.terminate();
        worker = null;
        settle();
        reject(new Error(reason));
      };
      running.onmessage = ({ data }) => {
        if (data.kind === 'progress') return onProgress(data.done);
        settle();
        resolve(data.found);
      };
      running.onerror = (event) => {
        event.preventDefault?.();
        abandon?.('The search stopped unexpectedly.');
      };
      running.postMessage(capture);

      function settle() {
        clearTimeout(timer);
        abandon = null;
      }
    });
  }
}

/**
 * The worker is an entry of the panel's own build rather than a bundle apart (`new URL(…, import.meta.url)` would make one),
 * so that what both need is shipped once.
 */
function ownWorker(): SearchWorker {
  const url = import.meta.env.DEV ? '/src/panel/workers/find.worker.ts' : '/assets/find.worker.js';
  return new Worker(url, { type: 'module' }) as unknown as SearchWorker;
}
