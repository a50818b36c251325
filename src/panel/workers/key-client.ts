import type { KeySearchReply, KeySearchRequest } from './key-messages.ts';
import { startWorker, type Worked } from './start-worker.ts';

/** A worker that looks for the key of one token, and is ended with its search. */
export type KeyWorker = Worked<KeySearchRequest, KeySearchReply>;

export function startKeyWorker(): KeyWorker {
  return startWorker('key.worker.js');
}
