import type { Capture, Snippet, SourceId, Store, StoreEntry, Traits } from '../../model/capture.ts';

/** What the lines of a key say of a text. */
interface Told {
  label: string;
  key: string | null;
  isCode?: true;
}

/**
 * One snippet per text that documents hold; scripts of their origin can read all of them. Stores of them have keys of lines: the
 * document's URL, and what `tell` reads the rest from; null leaves the text out. The page may have had a hand in them.
 */
export function documentSnippets(
  { stores }: Capture,
  source: SourceId,
  traits: Pick<Traits, 'keptAfterClosing' | 'storage'>,
  tell: (lines: readonly string[], text: string) => Told | null,
): Snippet[] {
  return stores
    .filter((store) => store.source === source)
    .flatMap((store) => store.entries.flatMap((entry) => snippetOf(store, entry) ?? []));

  function snippetOf({ origin, url, readBy }: Store, { key, text }: StoreEntry): Snippet | null {
    const [document = '', ...lines] = key.split('\n');
    const told = tell(lines, text);
    if (!told) return null;
    const place: Snippet['place'] = {
      source,
      label: told.label,
      origin,
      url: document || url,
      key: told.key,
      cookie: null,
      readBy: readBy === 'page-script' ? 'page' : 'isolated',
      traits: {
        readableByScripts: true,
        sentToServers: false,
        keptInHistory: false,
        urlPart: null,
        ...(told.isCode && { isCode: true }),
        ...traits,
      },
    };
    return { place, text, start: 0, chunks: 1 };
  }
}
