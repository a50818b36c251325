import type { Probe } from './probe.ts';

export const cacheStorage: Probe = {
  id: 'cache-storage',
  name: 'Cache Storage',
  answers: 'later',
  load: async () => (await import('./cache-texts.ts')).cacheTexts,
};
