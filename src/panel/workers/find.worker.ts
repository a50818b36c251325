import type { Capture } from '../../engine/model/capture.ts';
import { findCapture } from './find-capture.ts';
import type { FindReply } from './find-messages.ts';

addEventListener('message', ({ data }: MessageEvent<Capture>) => {
  const reply = (message: FindReply) => postMessage(message);
  const found = findCapture(data, (done) => reply({ kind: 'progress', done }));
  try {
    reply({ kind: 'found', found });
  } catch {
    // Claims nested by the ten thousand cannot be handed over; the panel decodes the tokens itself then.
    reply({ kind: 'found', found: { ...found, decoded: [] } });
  }
});
