import type { Encoding } from './encoding.ts';

/** What was put into a token on its way: hidden characters, marks of Markdown. Undone for the whole of a text before it is searched, in mended-runs.ts. */
export const mended: Encoding = {
  id: 'mended',
  name: 'hidden characters or marks inside',
  tried: ['lines'],
  peel: () => null,
};
