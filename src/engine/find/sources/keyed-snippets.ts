import type { Capture, Snippet, SourceId, Store, StoreEntry, Traits } from '../../model/capture.ts';
import { parseJson } from '../../text/json.ts';

/**
 * One snippet per text of a place whose keys are JSON lists, as probes of databases and caches write them. The page may have had a
 * hand in them: a key that is no list of texts counts as one text.
 */
export function keyedSnippets(
  { stores }: Capture,
  source: SourceId,
  storage: Traits['storage'],
  tell: (key: readonly string[]) => { label: string; key: string | null },
): Snippet[] {
  return stores
    .filter((store) => store.source === source)
    .flatMap((store) => store.entries.map((entry) => snippetOf(store, entry)));

  function snippetOf({ origin, url, readBy }: Store, entry: StoreEntry): Snippet {
    const { label, key } = tell(listOf(entry.key));
    return {
      text: entry.text,
      start: 0,
      chunks: 1,
      place: {
        source,
        label,
        origin,
        url,
        key,
        cookie: null,
        readBy: readBy === 'page-script' ? 'page' : 'isolated',
        traits: {
          readableByScripts: true,
          keptAfterClosing: true,
          sentToServers: false,
          keptInHistory: false,
          urlPart: null,
          storage,
        },
      },
    };
  }
}

/** Which storage bucket of the origin it lies in, as the end of a label; nothing where it lies in none. */
export const inBucket = (bucket = '') => bucket && ` in bucket ${JSON.stringify(bucket)}`;

function listOf(key: string): string[] {
  const list = parseJson(key);
  return Array.isArray(list) && list.every((one) => typeof one === 'string') ? list : [key];
}
