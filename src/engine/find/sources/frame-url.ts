import type { Source } from './source.ts';
import { urlSnippets } from './url-snippets.ts';

export const frameUrl: Source = {
  id: 'frame-url',
  name: 'Frame URL',
  isPerDocument: true,
  step: 'framed',
  snippets: ({ frames }) => frames.flatMap((frame) => urlSnippets(frame.url, 'frame-url', 'frame URL', 'browser')),
};
