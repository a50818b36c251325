import type { Source } from './source.ts';

/** Whatever runs in the page can hold a string in memory; other scripts reach it only through what holds it. */
export const memory: Source = {
  id: 'memory',
  name: 'Memory',
  snippets: ({ memory = [] }) =>
    memory.map(({ text, heldBy }) => ({
      text,
      start: 0,
      chunks: 1,
      place: {
        source: 'memory',
        label: heldBy ? `memory: ${heldBy}` : 'memory',
        origin: null,
        url: null,
        key: null,
        cookie: null,
        traits: {
          readableByScripts: null,
          keptAfterClosing: false,
          sentToServers: false,
          keptInHistory: false,
          urlPart: null,
          storage: null,
        },
      },
    })),
};
