import type { JWK } from 'jose';
import type { Token } from '../engine/model.ts';
import { type Key, parseKey, secretReadings } from '../verify/index.ts';
import type { ConfiguredKey } from './config.ts';
import type { Surroundings } from './surroundings.ts';
import { ask, UpstreamError } from './upstream.ts';

/** How long fetched key sets are kept, in seconds. Keys are rotated by adding first, so minutes are safe. */
const keepSeconds = 600;
/** A set that lacks a `kid` is fetched again, but not more often than this, in seconds. */
const againSeconds = 30;
const timeoutMs = 5000;

/** Turns configured keys into keys in hand; only URLs of the configuration are ever fetched. */
export function createKeySource(surroundings: Surroundings) {
  const fetched = new Map<string, { text: string; at: number }>();
  return { keysFor };

  /** @throws {UpstreamError} when a key server or key set gives no usable answer */
  async function keysFor(configured: ConfiguredKey, token: Token): Promise<Key[]> {
    if (configured.secret !== undefined) return secretReadings(configured.secret).slice(0, 1);
    if (configured.secretBase64 !== undefined) {
      return secretReadings(configured.secretBase64).filter(
        (key) => key.kind === 'secret' && key.writtenAs === 'base64',
      );
    }
    if (configured.publicKey !== undefined) return parseKey(configured.publicKey);
    if (configured.keyServer !== undefined) return keysByHash(configured.keyServer, token);
    return keySet(configured.jwks ?? '', token);
  }

  async function keySet(url: string, token: Token): Promise<Key[]> {
    const kid = token.header?.kid;
    const known = fetched.get(url);
    const fits = (text: string) =>
      kid === undefined || (JSON.parse(text) as { keys?: JWK[] }).keys?.some((k) => k.kid === kid);
    const fresh = known && surroundings.now() - known.at < (fits(known.text) ? keepSeconds : againSeconds);
    const text = fresh ? known.text : await load(url, new URL(url));
    return parseKey(text);
  }

  /** The hash keeps a hostile `kid` from choosing the path. */
  async function keysByHash(keyServer: string, token: Token): Promise<Key[]> {
    const kid = new TextEncoder().encode(String(token.header?.kid ?? ''));
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', kid));
    const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const url = new URL(`${keyServer.replace(/\/$/, '')}/${hash}.pem`);
    const known = fetched.get(url.href);
    if (known && surroundings.now() - known.at < keepSeconds) return parseKey(known.text);
    return parseKey(await load(url.href, url));
  }

  async function load(name: string, url: URL): Promise<string> {
    const { status, body } = await ask(url, { accept: 'application/json, */*' }, timeoutMs, surroundings);
    if (status === 404) throw new UnknownKeyError('The key server has no key with the token’s `kid`.');
    if (status !== 200) throw new UpstreamError(`${url.host} answered ${status} when asked for keys.`);
    parseKey(body);
    // Hashes of hostile key ids must not fill the memory.
    if (fetched.size >= 100) fetched.clear();
    fetched.set(name, { text: body, at: surroundings.now() });
    return body;
  }
}

/** The key source answered, and knows no such key: the token is at fault. */
export class UnknownKeyError extends Error {
  override name = 'UnknownKeyError';
}
