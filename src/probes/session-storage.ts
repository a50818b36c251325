import type { Probe } from './probe.ts';
import { webStorage } from './web-storage.ts';

export const sessionStorage: Probe = {
  id: 'session-storage',
  name: 'sessionStorage',
  answers: 'at-once',
  run: webStorage,
};
