import type { Source } from './source.ts';
import { urlSnippets } from './url-snippets.ts';

export const frameUrl: Source = {
  id: 'frame-url',
  name: 'Frame URL',
  isPerDocument: true,
  step: 'framed',
  snippets: ({ frames }) =>
    frames.flatMap(({ url, isError }) => {
      const snippets = urlSnippets(url, 'frame-url', 'frame URL', 'browser');
      return isError
        ? snippets.map((one) => ({ ...one, place: { ...one.place, isErrorPage: true as const } }))
        : snippets;
    }),
};
