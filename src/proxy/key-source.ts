import type { Token } from '../engine/model/token.ts';
import { type Key, parseKey, parseKeySet, parsePublicPem, secretReadings } from '../verify/index.ts';
import type { ConfiguredKey } from './config.ts';
import { createFetchedKeys, UnknownKeyError } from './fetched-keys.ts';
import { createLookupTurns } from './lookup-turns.ts';
import type { Surroundings } from './surroundings.ts';
import { UpstreamError } from './upstream.ts';

/** Longest `kid` that is looked up, in characters. */
const longestKid = 512;

/** Turns configured keys into keys in hand; only URLs of the configuration are ever fetched. */
export function createKeySource(surroundings: Surroundings) {
  const fetched = createFetchedKeys(surroundings);
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
      const known = fetched.get(url.href);
      if (!known || fetched.isRecent(known)) return null;
      return await fetched.load(url, jwks === undefined ? parsePublicPem : parseKeySet);
    } catch {
      return null;
    }
  }

  async function keySet(url: URL, kid: string | undefined): Promise<Key[]> {
    const known = fetched.get(url.href);
    if (known?.keys && has(known.keys, kid)) return known.keys;
    if (!known || !fetched.isRecent(known)) return fetched.load(url, parseKeySet);
    if (known.keys) return known.keys;
    throw known.error ?? new UpstreamError('There is no key.');
  }

  async function keyByHash(url: URL): Promise<Key[]> {
    const known = fetched.get(url.href);
    if (known?.keys) return known.keys;
    if (known && fetched.isRecent(known)) throw known.error ?? new UpstreamError('There is no key.');
    // One that was good before is no made-up name, and needs no turn.
    if (!fetched.isUnderWay(url.href) && !fetched.hadKeys(url.href)) haveTurn(url);
    return fetched.load(url, parsePublicPem);
  }

  /** Looks up the others whose turn it is, too, so that they are known when they are asked for again. */
  function haveTurn(url: URL): void {
    const turnsFor = turns.get(url.origin) ?? createLookupTurns(surroundings.now);
    turns.set(url.origin, turnsFor);
    const names = turnsFor(url.href);
    for (const name of names) if (name !== url.href) fetched.load(new URL(name), parsePublicPem).catch(() => {});
    if (names.includes(url.href)) return;
    throw new UpstreamError(`${url.host} was asked for many keys just now; it is asked again a little later.`);
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
