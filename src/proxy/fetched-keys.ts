import { type Key, KeyError, parsePublicPem } from '../verify/index.ts';
import type { Surroundings } from './surroundings.ts';
import { ask, UpstreamError } from './upstream.ts';

/** How long fetched keys are kept, in seconds. Keys are rotated by adding first, so minutes are safe. */
export const keepSeconds = 600;
/** A set that lacks a `kid` or a key that verifies, and a server that failed or knows no such key, is asked again after this, in seconds. */
export const againSeconds = 30;
/** Most keys and failures kept. */
const mostKept = 200;
const timeoutMs = 5000;

interface Found {
  /** The last good answer, and when it came. */
  keys: Key[] | null;
  keysAt: number;
  /** Why the last question had no good answer; null when it had. */
  error: Error | null;
  askedAt: number;
}

export type FetchedKeys = ReturnType<typeof createFetchedKeys>;

/** What key servers and key sets answered, by URL, and what they are being asked. */
export function createFetchedKeys(surroundings: Surroundings) {
  const kept = createKeptKeys(surroundings.now);
  const running = new Map<string, Promise<Key[]>>();

  return {
    get: kept.get,
    hadKeys: kept.hadKeys,
    isRecent: kept.isRecent,
    isUnderWay: (href: string): boolean => running.has(href),

    /** Questions that come while one is under way share its answer. */
    load(url: URL, parse: (text: string) => Key[]): Promise<Key[]> {
      const underWay = running.get(url.href);
      if (underWay) return underWay;
      const loading = fetchKeys(url, parse).finally(() => running.delete(url.href));
      running.set(url.href, loading);
      return loading;
    },
  };

  async function fetchKeys(url: URL, parse: (text: string) => Key[]): Promise<Key[]> {
    const now = surroundings.now();
    try {
      const keys = parse(await read(url, parse === parsePublicPem, surroundings));
      kept.set(url.href, { keys, keysAt: now, error: null, askedAt: now });
      return keys;
    } catch (error) {
      const told =
        error instanceof KeyError
          ? new UpstreamError(`${url.host} gave no usable key: ${error.message}`)
          : (error as Error);
      const known = kept.get(url.href);
      kept.set(url.href, { keys: known?.keys ?? null, keysAt: known?.keysAt ?? now, error: told, askedAt: now });
      throw told;
    }
  }
}

async function read(url: URL, isOneKey: boolean, surroundings: Surroundings): Promise<string> {
  const { status, body } = await ask(url, { accept: 'application/json, */*' }, timeoutMs, surroundings);
  if (status === 404 && isOneKey) throw new UnknownKeyError('The key server has no key with the token’s `kid`.');
  if (status !== 200) throw new UpstreamError(`${url.host} answered ${status} when asked for keys.`);
  return body;
}

/** The last answers, as long as they may be used. */
function createKeptKeys(now: () => number) {
  const found = new Map<string, Found>();
  return {
    /** What is known of a URL. Keys that are too old are gone, whether or not newer ones could be had. */
    get(href: string): Found | null {
      const known = found.get(href);
      if (!known) return null;
      return known.keys && age(known.keysAt) >= keepSeconds ? { ...known, keys: null } : known;
    },
    /** Whether there is a good answer, however old. */
    hadKeys: (href: string): boolean => Boolean(found.get(href)?.keys),
    /** What failed makes room first: hashes of hostile key ids must neither fill the memory nor push keys out. */
    set(href: string, one: Found) {
      found.delete(href);
      if (found.size >= mostKept) {
        const [oldest] = [...found].find(([, { keys }]) => keys === null) ?? [...found][0] ?? [];
        if (oldest !== undefined) found.delete(oldest);
      }
      found.set(href, one);
    },
    isRecent: ({ askedAt }: Found): boolean => age(askedAt) < againSeconds,
  };

  /** In seconds. A clock that was set back must not keep a key for ever. */
  function age(at: number): number {
    return Math.abs(now() - at);
  }
}

/** The key source answered, and knows no such key: the token is at fault. */
export class UnknownKeyError extends Error {
  override name = 'UnknownKeyError';
}
