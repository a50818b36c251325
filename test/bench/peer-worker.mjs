// Runs one pattern over one text, in a thread that can be ended when it takes too long.
import { parentPort, workerData } from 'node:worker_threads';

const { source, flags, text, rounds } = workerData;
const pattern = new RegExp(source, flags);
let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < rounds; round += 1) {
  const started = performance.now();
  let found = 0;
  if (pattern.global) for (const _ of text.matchAll(pattern)) found += 1;
  else found = pattern.test(text) ? 1 : 0;
  best = Math.min(best, performance.now() - started);
  parentPort.postMessage({ best, found });
}
parentPort.postMessage({ best, done: true });
