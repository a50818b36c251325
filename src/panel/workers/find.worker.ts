import type { Capture } from '../../engine/model.ts';
import { type Found, findCapture } from './find-capture.ts';

/** What the worker says. */
export type WorkerReply = { kind: 'progress'; done: number } | { kind: 'found'; found: Found };

addEventListener('message', ({ data }: MessageEvent<Capture>) => {
  const reply = (message: WorkerReply) => postMessage(message);
  const found = findCapture(data, (done) => reply({ kind: 'progress', done }));
  try {
    reply({ kind: 'found', found });
  } catch {
    // Claims nested by the ten thousand cannot be handed over; the panel decodes the tokens itself then.
    reply({ kind: 'found', found: { ...found, decoded: [] } });
  }
});
