import { signal } from '@preact/signals';
import type { FoundKey, Page, Sighting, Subject } from '../../engine/model.ts';
import { type KeyWorker, startKeyWorker } from '../workers/key-client.ts';
import type { KeySearchProgress } from '../workers/key-messages.ts';

/** How the search for one token's key went. Lives in memory only. */
export type KeySearch =
  | ({ kind: 'running' } & KeySearchProgress)
  | ({ kind: 'found'; key: FoundKey } & KeySearchProgress)
  | ({ kind: 'not-found' } & KeySearchProgress)
  | { kind: 'failed' };

/** Looks for weak keys, each search in a worker of its own, which is how it can be given up. Nothing is sent anywhere. */
export function createKeySearches(createWorker: () => KeyWorker = startKeyWorker) {
  const searches = signal<ReadonlyMap<string, KeySearch>>(new Map());
  const workers = new Map<string, KeyWorker>();

  /** Keys found, by token id: what judging needs. Changes only when one is found. */
  const found = signal<ReadonlyMap<string, FoundKey>>(new Map());

  function set(id: string, search: KeySearch | null): void {
    const next = new Map(searches.value);
    if (search) next.set(id, search);
    else next.delete(id);
    searches.value = next;
  }

  function end(id: string): void {
    workers.get(id)?.terminate();
    workers.delete(id);
  }

  function start({ token, facts, sightings }: Subject, page: Page | null, around: readonly Sighting[]): void {
    if (workers.has(token.id)) return;
    set(token.id, { kind: 'running', tried: 0, total: 0, perSecond: 0 });
    const literals = [...new Set(around.flatMap((one) => (one.note === 'minting-secret' ? [one.token] : [])))];
    try {
      const worker = createWorker();
      workers.set(token.id, worker);
      worker.onmessage = ({ data: { kind, ...rest } }) => {
        if (!workers.has(token.id)) return;
        if (!('key' in rest)) return set(token.id, { kind: 'running', ...rest });
        end(token.id);
        const { key, ...progress } = rest;
        set(token.id, key ? { kind: 'found', key, ...progress } : { kind: 'not-found', ...progress });
        if (key) found.value = new Map(found.value).set(token.id, key);
      };
      worker.onerror = (event) => {
        event.preventDefault?.();
        fail();
      };
      worker.postMessage({ subject: { token, facts, sightings }, page, literals });
    } catch {
      // Claims nested by the ten thousand cannot be handed to a worker.
      fail();
    }

    function fail(): void {
      end(token.id);
      set(token.id, { kind: 'failed' });
    }
  }

  return {
    searches,
    found,
    start,

    /** Gives a running search up. */
    cancel(id: string): void {
      if (!workers.has(id)) return;
      end(id);
      set(id, null);
    },

    close(): void {
      for (const id of [...workers.keys()]) end(id);
      searches.value = new Map();
      found.value = new Map();
    },
  };
}
