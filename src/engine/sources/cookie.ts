import type { Cookie, Place } from '../model.ts';
import type { Source } from './source.ts';
import { originOf } from './url-snippets.ts';

export const cookie: Source = {
  id: 'cookie',
  name: 'Cookie',
  snippets: ({ cookies }) => cookies.map((one) => ({ text: one.value, start: 0, chunks: 1, place: cookiePlace(one) })),
};

function cookiePlace(one: Cookie): Place {
  return {
    source: 'cookie',
    label: `cookie ${JSON.stringify(one.name)}`,
    origin: originOf(one.url),
    url: one.url,
    key: one.name,
    cookie: one,
    traits: {
      readableByScripts: one.httpOnly === null ? null : !one.httpOnly,
      keptAfterClosing: one.session === null ? null : !one.session,
      sentToServers: true,
      keptInHistory: false,
      urlPart: null,
      storage: 'cookie',
    },
  };
}
