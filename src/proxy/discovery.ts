import { isObject, parseJson } from '../engine/text/json.ts';
import { valueAt } from '../engine/text/values.ts';
import { addressProblem, isLoopback } from './addresses.ts';
import type { Surroundings } from './surroundings.ts';
import { ask, UpstreamError } from './upstream.ts';

/** How long an answer is kept, in seconds. */
const keepSeconds = 600;
/** An issuer that gave no usable answer is asked again after this, in seconds. */
const againSeconds = 30;
const timeoutMs = 5000;

/**
 * Where issuers keep their key sets: OpenID Connect Discovery 1.0 §4, `<issuer>/.well-known/openid-configuration`. What it says
 * counts only when it names the very issuer that was asked (§4.3), and keys that lie at an address this server may fetch.
 */
export function createDiscovery(surroundings: Surroundings): (issuer: string) => Promise<URL> {
  const found = new Map<string, { at: number; answer: Promise<URL>; isGood: boolean | null }>();

  /** @throws {UpstreamError} when there is no usable answer */
  return function keySetOf(issuer: string): Promise<URL> {
    const now = surroundings.now();
    const known = found.get(issuer);
    // A clock that was set back must not keep an answer for ever.
    const age = known ? Math.abs(now - known.at) : Number.POSITIVE_INFINITY;
    if (known && age < (known.isGood === false ? againSeconds : keepSeconds)) return known.answer;
    const entry = { at: now, answer: discover(issuer, surroundings), isGood: null as boolean | null };
    found.set(issuer, entry);
    entry.answer.then(
      () => {
        entry.isGood = true;
      },
      () => {
        entry.isGood = false;
      },
    );
    return entry.answer;
  };
}

async function discover(issuer: string, surroundings: Surroundings): Promise<URL> {
  const url = new URL(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  const { status, body } = await ask(url, { accept: 'application/json' }, timeoutMs, surroundings);
  if (status !== 200) throw new UpstreamError(`${url.host} answered ${status} when asked for its configuration.`);
  const said = parseJson(body);
  if (!isObject(said)) throw new UpstreamError(`${url.host} gave no configuration (OpenID Connect Discovery).`);
  if (valueAt(said, 'issuer') !== issuer) {
    throw new UpstreamError(`The configuration at ${url.host} is of another issuer than the one configured here.`);
  }
  const jwks = valueAt(said, 'jwks_uri');
  const problem = typeof jwks === 'string' ? keysProblem(jwks, url) : 'is missing';
  if (typeof jwks !== 'string' || problem !== null) {
    throw new UpstreamError(`The address of the keys that ${url.host} names cannot be used: \`jwks_uri\` ${problem}.`);
  }
  return new URL(jwks);
}

/** Keys may lie at another host, but an issuer elsewhere has none on this machine: it could have anything here asked. */
function keysProblem(jwks: string, { hostname }: URL): string | null {
  const problem = addressProblem(jwks, { query: true });
  if (problem !== null) return problem;
  return isLoopback(new URL(jwks).hostname) && !isLoopback(hostname)
    ? 'is on this machine, and the issuer is not'
    : null;
}
