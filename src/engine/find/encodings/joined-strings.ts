import type { Encoding } from './encoding.ts';

/** A token that a script puts together: `"eyJ…" + "…"`. Undone for the whole of a text before it is searched, in mended-runs.ts. */
export const joinedStrings: Encoding = {
  id: 'joined-strings',
  name: 'strings that a script joins',
  tried: ['lines'],
  peel: () => null,
};
