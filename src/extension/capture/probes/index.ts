import { localStorage } from './local-storage.ts';
import { sessionStorage } from './session-storage.ts';

/** Every place inside the page, read once per origin. */
export const probes = [localStorage, sessionStorage] as const;
export type Probe = (typeof probes)[number];
