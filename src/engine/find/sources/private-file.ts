import { inBucket, keyedSnippets } from './keyed-snippets.ts';
import type { Source } from './source.ts';

export const privateFile: Source = {
  id: 'private-file',
  name: 'Private files',
  foundIn: 'document',
  snippets: (capture) =>
    keyedSnippets(capture, 'private-file', 'file', ([path = '', bucket, part]) => ({
      label: `${part === 'name' ? 'name of private file' : 'private file'} ${JSON.stringify(path)}${inBucket(bucket)}`,
      key: null,
    })),
};
