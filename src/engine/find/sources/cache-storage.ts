import { inBucket, keyedSnippets } from './keyed-snippets.ts';
import type { Source } from './source.ts';

export const cacheStorage: Source = {
  id: 'cache-storage',
  name: 'Cache Storage',
  foundIn: 'document',
  snippets: (capture) =>
    keyedSnippets(capture, 'cache-storage', 'cache', ([cache = '', url = '', part = '', bucket]) => ({
      label: `cache ${JSON.stringify(cache)}: ${part}${url && ` of ${url}`}${inBucket(bucket)}`,
      key: /^re(?:quest|sponse) header (.+?)(?: \(\d+\))?$/.exec(part)?.[1] ?? null,
    })),
};
