import type { Snippet } from '../../model/capture.ts';
import { longName } from './split-pieces.ts';

/**
 * A snippet, and before it the name that the text is kept under where that may hold a token itself, as in `setItem(token, '')`. Such a
 * name says nothing of what it is, so it has none.
 */
export function withName(snippet: Snippet): Snippet[] {
  const { key, label } = snippet.place;
  if (key === null || key.length < longName) return [snippet];
  return [
    {
      ...snippet,
      text: key,
      start: 0,
      chunks: 1,
      isName: true,
      place: { ...snippet.place, label: `${label} (its name)`, key: null },
    },
    snippet,
  ];
}
