import { unknownTraits } from '../../model/capture.ts';
import type { Source } from './source.ts';
import { originOf } from './url-snippets.ts';

/** What windows post to each other. It is heard where it arrives: whom the sender meant to reach cannot be seen. */
export const message: Source = {
  id: 'message',
  name: 'Window message',
  step: 'received',
  snippets: ({ exchanges = [] }) =>
    exchanges.flatMap(({ posted, url, messages }) =>
      posted
        ? messages.map(({ text, at }) => ({
            text,
            start: 0,
            chunks: 1,
            seenAt: at,
            place: {
              source: 'message',
              label: `message from ${posted.from}${posted.ports > 0 ? ', which hands over a port' : ''}`,
              origin: originOf(url),
              url,
              from: posted.from,
              key: null,
              cookie: null,
              readBy: 'isolated',
              traits: { ...unknownTraits, readableByScripts: true, keptAfterClosing: false, sentToServers: false },
            },
          }))
        : [],
    ),
};
