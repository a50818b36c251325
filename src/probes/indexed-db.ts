import type { Probe } from './probe.ts';

export const indexedDb: Probe = {
  id: 'indexed-db',
  name: 'IndexedDB',
  answers: 'later',
  load: async () => (await import('./database-texts.ts')).databaseTexts,
};
