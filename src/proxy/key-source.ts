import type { Token } from '../engine/model/token.ts';
import { type Key, KeyError, parseKey, parseKeySet, parsePublicPem, secretReadings } from '../verify/index.ts';
import type { ConfiguredKey } from './config.ts';
import { createLookupTurns } from './lookup-turns.ts';
import type { Surroundings } from './surroundings.ts';
import { ask, UpstreamError } from './upstream.ts';

/** How long fetched keys are kept, in seconds. Keys are rotated by adding first, so minutes are safe. */
const keepSeconds = 600;
/** A set that lacks a `kid` or a key that verifies, and a server that failed or knows no such key, is asked again after this, in seconds. */
const againSeconds = 30;
/** Most keys and failures kept. */
const mostKept = 200;
/** Longest `kid` that is looked up, in characters. */
const longestKid = 512;
const timeoutMs = 5000;

interface Found {
  /** The last good answer, and when it came. */
  keys: Key[] | null;
  keysAt: number;
  /** Why the last question had no good answer; null when it had. */
  error: Error | null;
  askedAt: number;
}

/** Turns configured keys into keys in hand; only URLs of the configuration are ever fetched. */
export function createKeySource(surroundings: Surroundings) {
  const kept = createKeptKeys(surroundings.now);
  const running = new Map<string, Promise<Key[]>>();
  const turns = new Map<string, ReturnType<typeof createLookupTurns>>();
  return { keysFor, newerKeysFor };

  /**
   * @throws {UpstreamError} when a key server or key set gives no usable answer
   * @throws {UnknownKeyError} when it answers, and knows no key for the token
   */
  async function keysFor(configured: ConfiguredKey, token: Token): Promise<Key[]> {
    if (configured.secret !== undefined) return secretReadings(configured.secret).slice(0, 1);
    if (configured.secretBase64 !== undefined) {
      return secretReadings(configured.secretBase64, { short: true }).filter(
        (key) => key.kind === 'secret' && key.writtenAs === 'base64',
      );
    }
    if (configured.publicKey !== undefined) return parseKey(configured.publicKey).filter(({ kind }) => kind === 'pem');
    const kid = kidOf(token);
    if (configured.keyServer !== undefined) return keyByHash(await addressByHash(configured.keyServer, kid));
    if (configured.jwks !== undefined) return keySet(new URL(configured.jwks), kid);
    return [];
  }

  /**
   * Keys fetched anew for a token that `keysFor` gave no key to verify with: some replace a key under the same name, or
   * name none. Null where nothing is fetched, just was, or could not be had.
   */
  async function newerKeysFor(configured: ConfiguredKey, token: Token): Promise<Key[] | null> {
    const { jwks, keyServer } = configured;
    if (jwks === undefined && keyServer === undefined) return null;
    try {
      const url = jwks === undefined ? await addressByHash(keyServer ?? '', kidOf(token)) : new URL(jwks);
      const known = kept.get(url.href);
      if (!known || kept.isRecent(known)) return null;
      return await load(url, jwks === undefined ? parsePublicPem : parseKeySet);
    } catch {
      return null;
    }
  }

  async function keySet(url: URL, kid: string | undefined): Promise<Key[]> {
    const known = kept.get(url.href);
    if (known?.keys && has(known.keys, kid)) return known.keys;
    if (!known || !kept.isRecent(known)) return load(url, parseKeySet);
    if (known.keys) return known.keys;
    throw known.error ?? new UpstreamError('There is no key.');
  }

  async function keyByHash(url: URL): Promise<Key[]> {
    const known = kept.get(url.href);
    if (known?.keys) return known.keys;
    if (known && kept.isRecent(known)) throw known.error ?? new UpstreamError('There is no key.');
    // One that was good before is no made-up name, and needs no turn.
    if (!running.has(url.href) && !kept.hadKeys(url.href)) haveTurn(url);
    return load(url, parsePublicPem);
  }

  /** Looks up the others whose turn it is, too, so that they are known when they are asked for again. */
  function haveTurn(url: URL): void {
    const turnsFor = turns.get(url.origin) ?? createLookupTurns(surroundings.now);
    turns.set(url.origin, turnsFor);
    const names = turnsFor(url.href);
    for (const name of names) if (name !== url.href) load(new URL(name), parsePublicPem).catch(() => {});
    if (names.includes(url.href)) return;
    throw new UpstreamError(`${url.host} was asked for many keys just now; it is asked again a little later.`);
  }

  /** Questions that come while one is under way share its answer. */
  function load(url: URL, parse: (text: string) => Key[]): Promise<Key[]> {
    const underWay = running.get(url.href);
    if (underWay) return underWay;
    const loading = fetchKeys(url, parse).finally(() => running.delete(url.href));
    running.set(url.href, loading);
    return loading;
  }

  async function fetchKeys(url: URL, parse: (text: string) => Key[]): Promise<Key[]> {
    const now = surroundings.now();
    try {
      const keys = parse(await read(url, parse === parsePublicPem));
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

  async function read(url: URL, isOneKey: boolean): Promise<string> {
    const { status, body } = await ask(url, { accept: 'application/json, */*' }, timeoutMs, surroundings);
    if (status === 404 && isOneKey) throw new UnknownKeyError('The key server has no key with the token’s `kid`.');
    if (status !== 200) throw new UpstreamError(`${url.host} answered ${status} when asked for keys.`);
    return body;
  }
}

/** What key servers and key sets answered, by URL. */
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

/** A key that is alone in its set and has no name is meant whatever the token names. */
function has(keys: readonly Key[], kid: string | undefined): boolean {
  const all = keys.flatMap((key) => (key.kind === 'jwks' ? key.keys : []));
  const [only] = all;
  return kid === undefined || (all.length === 1 && only?.kid === undefined) || all.some((one) => one.kid === kid);
}

function kidOf({ header }: Token): string | undefined {
  const kid = header?.kid;
  if (kid !== undefined && typeof kid !== 'string') throw new UnknownKeyError('The token’s `kid` is not a text.');
  return kid;
}

/** The hash keeps a hostile `kid` from choosing the path. */
async function addressByHash(keyServer: string, kid: string | undefined): Promise<URL> {
  if (!kid || kid.length > longestKid) throw new UnknownKeyError('The token names no key by `kid`.');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(kid)));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return new URL(`${keyServer.replace(/\/+$/, '')}/${hash}.pem`);
}

/** The key source answered, and knows no such key: the token is at fault. */
export class UnknownKeyError extends Error {
  override name = 'UnknownKeyError';
}
