import type { Probe } from './probe.ts';
import { webStorage } from './web-storage.ts';

export const localStorage: Probe = {
  id: 'local-storage',
  name: 'localStorage',
  answers: 'at-once',
  run: webStorage,
};
