import type { Page } from '../../engine/model/capture.ts';
import type { FoundKey, Subject } from '../../engine/model/report.ts';
import { type KeyWorker, startKeyWorker } from '../workers/key-client.ts';
import type { KeySearchProgress, KeySearchReply } from '../workers/key-messages.ts';
import { createKeyedSignal } from './keyed-signal.ts';

/** How the search for one token's key went. Lives in memory only. */
export type KeySearch =
  | ({ kind: 'running' } & KeySearchProgress)
  | ({ kind: 'found'; key: FoundKey } & KeySearchProgress)
  | ({ kind: 'not-found' } & KeySearchProgress)
  | { kind: 'failed' };

/** Looks for weak keys, each search in a worker of its own, which is how it can be given up. Nothing is sent anywhere. */
export function createKeySearches(createWorker: () => KeyWorker = startKeyWorker) {
  const { all: searches, set, clear } = createKeyedSignal<KeySearch>();
  const workers = new Map<string, KeyWorker>();

  /** Keys found, by token id: what judging needs. Changes only when one is found. */
  const found = createKeyedSignal<FoundKey>();

  function end(id: string): void {
    workers.get(id)?.terminate();
    workers.delete(id);
  }

  function hear(id: string, { kind, ...rest }: KeySearchReply): void {
    if (!workers.has(id)) return;
    if (!('key' in rest)) {
      set(id, { kind: 'running', ...rest });
      return;
    }
    end(id);
    const { key, ...progress } = rest;
    set(id, key ? { kind: 'found', key, ...progress } : { kind: 'not-found', ...progress });
    if (key) found.set(id, key);
  }

  function fail(id: string): void {
    end(id);
    set(id, { kind: 'failed' });
  }

  function start({ token, facts, sightings }: Subject, page: Page | null, around: readonly Subject[]): void {
    const { id } = token;
    if (workers.has(id)) return;
    set(id, { kind: 'running', tried: 0, total: 0, perSecond: 0 });
    try {
      const worker = createWorker();
      workers.set(id, worker);
      worker.onmessage = ({ data }) => hear(id, data);
      worker.onerror = (event) => {
        event.preventDefault?.();
        fail(id);
      };
      worker.postMessage({ subject: { token, facts, sightings }, page, literals: secretsIn(around) });
    } catch {
      // Claims nested by the ten thousand cannot be handed to a worker.
      fail(id);
    }
  }

  return {
    searches,
    found: found.all,
    start,

    /** Gives a running search up. */
    cancel(id: string): void {
      if (!workers.has(id)) return;
      end(id);
      set(id, null);
    },

    close(): void {
      for (const id of [...workers.keys()]) end(id);
      clear();
      found.clear();
    },
  };
}

/** Secrets that were seen where the token was. */
function secretsIn(around: readonly Subject[]): string[] {
  const sightings = around.flatMap((subject) => subject.sightings);
  return [...new Set(sightings.flatMap(({ note, token }) => (note === 'minting-secret' ? [token] : [])))];
}
