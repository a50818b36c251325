import { keyedSnippets } from './keyed-snippets.ts';
import type { Source } from './source.ts';

export const indexedDb: Source = {
  id: 'indexed-db',
  name: 'IndexedDB',
  foundIn: 'document',
  snippets: (capture) =>
    keyedSnippets(capture, 'indexed-db', 'database', ([database = '', store = '', key = '']) => ({
      label: `indexedDB[${JSON.stringify(database)}][${JSON.stringify(store)}][${JSON.stringify(key)}]`,
      key,
    })),
};
