import { localStorage } from './local-storage.ts';
import type { Probe } from './probe.ts';
import { sessionStorage } from './session-storage.ts';

/** Every place inside the page, read once per storage. */
export const probes: readonly Probe[] = [localStorage, sessionStorage];
