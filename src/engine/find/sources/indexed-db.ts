import { inBucket, keyedSnippets } from './keyed-snippets.ts';
import type { Source } from './source.ts';

export const indexedDb: Source = {
  id: 'indexed-db',
  name: 'IndexedDB',
  foundIn: 'document',
  snippets: (capture) =>
    keyedSnippets(capture, 'indexed-db', 'database', ([database = '', store = '', key = '', bucket, part]) => {
      const inside = (...names: string[]) => names.map((name) => `[${JSON.stringify(name)}]`).join('');
      if (part === 'names')
        return {
          label: `names in indexedDB${inside(database, ...(store ? [store] : []))}${inBucket(bucket)}`,
          key: null,
        };
      // Written as a script would write it, and by the page: on one line.
      const written = part === 'key' && !/[\0-\x1f]/.test(key) ? `[${key}]` : inside(key);
      return { label: `indexedDB${inside(database, store)}${written}${inBucket(bucket)}`, key };
    }),
};
