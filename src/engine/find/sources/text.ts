import { unknownTraits } from '../../model/capture.ts';
import type { Source } from './source.ts';

export const text: Source = {
  id: 'text',
  name: 'Text',
  isWholeFile: true,
  snippets: ({ texts }) =>
    texts.map(({ name, text, start = 0, origin = null }) => ({
      text,
      start,
      chunks: 1,
      place: {
        source: 'text',
        label: name,
        origin,
        url: null,
        key: null,
        cookie: null,
        traits: unknownTraits,
      },
    })),
};
