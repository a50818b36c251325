import { findCapture } from '../../src/panel/workers/find-capture.ts';
import type { SearchWorker } from '../../src/panel/workers/find-client.ts';

/** A worker that does its work here, for runs without workers. */
export function inlineWorker(): SearchWorker {
  const worker: SearchWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (capture) =>
      queueMicrotask(() => {
        worker.onmessage?.({ data: { kind: 'found', found: findCapture(capture) } } as MessageEvent);
      }),
    terminate: () => {},
  };
  return worker;
}
