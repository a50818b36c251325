import * as expecting from '../../src/panel/chunks/expecting.ts';
import * as judging from '../../src/panel/chunks/judging.ts';
import * as looking from '../../src/panel/chunks/looking.ts';
import type { InspectWorker } from '../../src/panel/workers/inspect-client.ts';
import { createInspectionWork, type WorkCode } from '../../src/panel/workers/inspect-work.ts';
import * as reading from '../../src/panel/workers/read-files.ts';

/** The code of a worker, there ahead, so that a test need not wait for files. */
export const codeAhead: WorkCode = {
  looking: async () => looking,
  judging: async () => judging,
  expecting: async () => expecting,
  reading: async () => reading,
};

/** A worker that does its work here, for runs without workers. */
export function inlineWorker(): InspectWorker {
  const tell = (data: unknown) => worker.onmessage?.({ data: structuredClone(data) } as MessageEvent);
  const receive = createInspectionWork(tell, codeAhead);
  const worker: InspectWorker = {
    onmessage: null,
    onerror: null,
    postMessage: (request) => receive(request),
    terminate: () => {},
  };
  return worker;
}
