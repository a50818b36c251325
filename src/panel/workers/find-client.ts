import type { Capture } from '../../engine/model/capture.ts';
import type { FindReply, Found } from './find-messages.ts';
import { startWorker, type Worked } from './start-worker.ts';

/** A search that takes longer than this is given up and said so. */
const timeoutMilliseconds = 30_000;

export type SearchWorker = Worked<Capture, FindReply>;

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
export function createSearcher(createWorker: () => SearchWorker = () => startWorker('find.worker.js')): Searcher {
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
