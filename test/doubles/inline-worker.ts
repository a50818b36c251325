import * as expecting from '../../src/panel/chunks/expecting.ts';
import * as judging from '../../src/panel/chunks/judging.ts';
import type { InspectWorker } from '../../src/panel/workers/inspect-client.ts';
import { createInspectionWork } from '../../src/panel/workers/inspect-work.ts';
import * as reading from '../../src/panel/workers/read-files.ts';

/** A worker that does its work here, for runs without workers. Its code is there ahead, so that a test need not wait for files. */
export function inlineWorker(): InspectWorker {
  const tell = (data: unknown) => worker.onmessage?.({ data: structuredClone(data) } as MessageEvent);
  const receive = createInspectionWork(tell, {
    judging: async () => judging,
    expecting: async () => expecting,
    reading: async () => reading,
  });
  const worker: InspectWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (request) => receive(request),
    terminate: () => {},
  };
  return worker;
}
