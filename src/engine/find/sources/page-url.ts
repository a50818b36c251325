import type { Source } from './source.ts';
import { urlSnippets } from './url-snippets.ts';

export const pageUrl: Source = {
  id: 'page-url',
  name: 'Page URL',
  step: 'received',
  snippets: ({ page }) => (page ? urlSnippets(page.url, 'page-url', 'page URL', 'browser') : []),
};
