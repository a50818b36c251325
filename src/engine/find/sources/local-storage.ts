import type { Source } from './source.ts';
import { storeSnippets } from './store-snippets.ts';

export const localStorage: Source = {
  id: 'local-storage',
  name: 'Local storage',
  foundIn: 'document',
  snippets: (capture) =>
    storeSnippets(capture, 'local-storage', 'localStorage', { keptAfterClosing: true, storage: 'local' }),
};
