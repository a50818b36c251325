import { documentSnippets } from './document-snippets.ts';
import type { Source } from './source.ts';

export const windowName: Source = {
  id: 'window-name',
  name: 'window.name',
  foundIn: 'document',
  snippets: (capture) =>
    documentSnippets(capture, 'window-name', { keptAfterClosing: false, storage: 'window' }, () => ({
      label: 'window.name',
      key: null,
    })),
};
