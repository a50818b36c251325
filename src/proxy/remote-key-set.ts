import { createRemoteJWKSet, customFetch, type JSONWebKeySet, type JWTHeaderParameters, jwksCache } from 'jose';
import type { JsonObject } from '../engine/text/json.ts';
import { type Key, parseKeySet } from '../verify/index.ts';
import { againSeconds, type FetchedKeys, keepSeconds } from './fetched-keys.ts';
import { UpstreamError } from './upstream.ts';

/**
 * The keys of a set for a token of this header. When a set is fetched anew `jose` decides: when it is old, and when it lacks what
 * the token names and was not fetched just now. The fetching is our own: bounded, without redirects, public keys only.
 * @throws {UpstreamError} when a set that is needed cannot be had
 */
export async function remoteKeySet(
  url: URL,
  header: JsonObject | null,
  fetched: FetchedKeys,
  now: () => number,
): Promise<Key[]> {
  const known = fetched.get(url.href);
  const set = createRemoteJWKSet(url, {
    cooldownDuration: againSeconds * 1000,
    cacheMaxAge: keepSeconds * 1000,
    [customFetch]: async () => new Response(JSON.stringify(setOf(await load(url, fetched)))),
    // `jose` goes by the clock of the machine, so our own clock is told by it.
    [jwksCache]: known?.keys
      ? { uat: Date.now() - Math.abs(now() - known.keysAt) * 1000, jwks: setOf(known.keys) }
      : {},
  });
  try {
    await set(lookedFor(header, known?.keys ?? []));
  } catch (error) {
    // Which of the keys fits, if any, is told where they are tried.
    if (error instanceof UpstreamError || !set.jwks()) throw error;
  }
  return [{ kind: 'jwks', keys: set.jwks()?.keys ?? [] }];
}

/** A server that failed, or was asked just now, is left in peace for a while. */
function load(url: URL, fetched: FetchedKeys): Promise<Key[]> {
  const known = fetched.get(url.href);
  if (known?.error && fetched.isRecent(known)) return Promise.reject(known.error);
  return fetched.load(url, parseKeySet);
}

function setOf(keys: readonly Key[]): JSONWebKeySet {
  return { keys: keys.flatMap((key) => (key.kind === 'jwks' ? key.keys : [])) };
}

/** A key that is alone in its set and has no name is meant whatever the token names. */
function lookedFor(header: JsonObject | null, keys: readonly Key[]): JWTHeaderParameters {
  const all = setOf(keys).keys;
  const isAlone = all.length === 1 && all[0]?.kid === undefined;
  const alg = typeof header?.alg === 'string' ? header.alg : '';
  return typeof header?.kid === 'string' && !isAlone ? { alg, kid: header.kid } : { alg };
}
