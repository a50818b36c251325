import { documentSnippets } from './document-snippets.ts';
import type { Source } from './source.ts';

/** Browsers keep it with the tab, and on disk where they restore tabs, so whether it outlives the browser is not known. */
export const historyState: Source = {
  id: 'history-state',
  name: 'History state',
  foundIn: 'document',
  snippets: (capture) =>
    documentSnippets(capture, 'history-state', { keptAfterClosing: null, storage: 'history' }, () => ({
      label: 'history.state',
      key: null,
    })),
};
