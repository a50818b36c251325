import type { Token } from '../engine/model/token.ts';
import { type Key, parseKey, parseKeySet, parsePublicPem, secretReadings } from '../verify/index.ts';
import type { ConfiguredKey } from './config.ts';
import { createDiscovery } from './discovery.ts';
import { createFetchedKeys, UnknownKeyError } from './fetched-keys.ts';
import { createLookupTurns } from './lookup-turns.ts';
import { remoteKeySet } from './remote-key-set.ts';
import type { Surroundings } from './surroundings.ts';
import { UpstreamError } from './upstream.ts';

/** Longest `kid` that is looked up, in characters. */
const longestKid = 512;

/** Turns configured keys into keys in hand; only URLs of the configuration, and what its issuers name, are ever fetched. */
export function createKeySource(surroundings: Surroundings) {
  const fetched = createFetchedKeys(surroundings);
  const keySetOf = createDiscovery(surroundings);
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
    const url = await keySetAddress(configured);
    return url ? remoteKeySet(url, token.header, fetched, surroundings.now) : [];
  }

  /** Null for a key that is no key set. */
  async function keySetAddress({ jwks, discovery }: ConfiguredKey): Promise<URL | null> {
    if (jwks !== undefined) return new URL(jwks);
    return discovery === undefined ? null : keySetOf(discovery);
  }

  /**
   * Keys fetched anew for a token that `keysFor` gave no key to verify with: some replace a key under the same name, or
   * name none. Null where nothing is fetched, just was, or could not be had.
   */
  async function newerKeysFor(configured: ConfiguredKey, token: Token): Promise<Key[] | null> {
    const { keyServer } = configured;
    try {
      const url =
        keyServer === undefined ? await keySetAddress(configured) : await addressByHash(keyServer, kidOf(token));
      const known = url && fetched.get(url.href);
      if (!known || fetched.isRecent(known)) return null;
      return await fetched.load(url, keyServer === undefined ? parseKeySet : parsePublicPem);
    } catch {
      return null;
    }
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
