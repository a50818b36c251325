import type { Capture } from '../engine/model.ts';
import type { WorkerReply } from './find.worker.ts';
import { charactersOf, type Found, findCapture } from './find-capture.ts';

/** Up to here a search takes well under a frame, and less than starting a worker. */
const inlineCharacters = 50_000;
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

/** Searches captures without holding up the panel: small ones at once, large ones in a worker. One at a time. */
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

  function find(capture: Capture, onProgress: (done: number) => void = () => {}): Promise<Found> {
    if (charactersOf(capture) <= inlineCharacters) return findHere(capture);
    let running: SearchWorker;
    try {
      running = worker ?? createWorker();
    } catch {
      // Surroundings without workers: a pause is better than no answer.
      return findHere(capture);
    }
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

async function findHere(capture: Capture): Promise<Found> {
  return findCapture(capture);
}

function ownWorker(): SearchWorker {
  return new Worker(new URL('./find.worker.ts', import.meta.url), { type: 'module' }) as unknown as SearchWorker;
}
