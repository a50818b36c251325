import type { InspectRequest } from './inspect-messages.ts';
import { createInspectionWork } from './inspect-work.ts';

const receive = createInspectionWork((reply) => postMessage(reply));

addEventListener('message', ({ data }: MessageEvent<InspectRequest>) => receive(data));
