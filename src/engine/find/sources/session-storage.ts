import type { Source } from './source.ts';
import { storeSnippets } from './store-snippets.ts';

export const sessionStorage: Source = {
  id: 'session-storage',
  name: 'Session storage',
  foundIn: 'document',
  snippets: (capture) =>
    storeSnippets(capture, 'session-storage', 'sessionStorage', { keptAfterClosing: false, storage: 'session' }),
};
