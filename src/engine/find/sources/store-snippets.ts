import type { Capture, Snippet, SourceId, Traits } from '../../model/capture.ts';
import { withName } from './name-snippets.ts';

/** One snippet per stored value, and per name that may hold a token, of a key–value store that scripts can read. */
export function storeSnippets(
  { stores }: Capture,
  source: SourceId,
  name: string,
  traits: Pick<Traits, 'keptAfterClosing' | 'storage'>,
): Snippet[] {
  return stores
    .filter((store) => store.source === source)
    .flatMap((store) =>
      store.entries.flatMap(({ key, text }) =>
        withName({
          text,
          start: 0,
          chunks: 1,
          place: {
            source,
            label: `${name}[${JSON.stringify(key)}]`,
            origin: store.origin,
            url: store.url,
            key,
            cookie: null,
            readBy: store.readBy === 'page-script' ? 'page' : 'isolated',
            ...(store.isDoubted && { isDoubted: true }),
            traits: {
              readableByScripts: true,
              sentToServers: false,
              keptInHistory: false,
              urlPart: null,
              ...traits,
            },
          },
        }),
      ),
    );
}
