import type { Check, IntrospectionReply, IntrospectionRequest } from '../contract/introspection.ts';
import { decode } from '../engine/decode.ts';
import { detect } from '../engine/detect.ts';
import type { Times, Token } from '../engine/model.ts';
import type { Provider } from '../engine/providers/provider.ts';
import { recognise } from '../engine/recognise.ts';
import { readTimes } from '../engine/times.ts';
import { KeyError, type Verdict, verifySignature } from '../verify/index.ts';
import type { ConfiguredKey, ProxyConfig } from './config.ts';
import { askDaily } from './daily.ts';
import { type createKeySource, UnknownKeyError } from './key-source.ts';
import type { Surroundings } from './surroundings.ts';
import { UpstreamError } from './upstream.ts';

type KeySource = ReturnType<typeof createKeySource>;

export interface ValidateOptions {
  /** Accept a token whose `nbf` is still to come. */
  ignoreNbf: boolean;
}

/**
 * Judges one token: cheap checks first, so that what is expired or misshapen costs no signature and no vendor call.
 * `active` is true only when the signature was verified and nothing failed. Never throws for a bad token.
 */
export async function validate(
  request: IntrospectionRequest,
  options: ValidateOptions,
  config: ProxyConfig,
  surroundings: Surroundings,
  keySource: KeySource,
): Promise<IntrospectionReply> {
  const now = surroundings.now();
  const token = read(request.token);
  if (!token) {
    return reply(null, [{ name: 'shape', outcome: 'failed', reason: 'This is not a token in any known form.' }]);
  }
  const provider = providerOf(token, request.provider);
  const checks: Check[] = [shape(token, provider)];
  const times = readTimes(token, provider, now);
  checks.push(time(times, now, config.skewSeconds, options.ignoreNbf));
  const keys = config.keys.filter((key) => key.provider === provider?.id || isForIssuer(key, token));
  if (!checks.some(({ outcome }) => outcome === 'failed')) {
    const { issuer, usable } = issued(token, provider, keys);
    checks.push(issuer);
    if (usable.length) checks.push(await signature(token, usable, keySource));
    checks.push(room(token, provider, request.room));
    const vendorKey = usable.find((key) => key.provider === 'daily' && key.askVendor !== false && key.secret);
    const soFarGood = !checks.some(({ outcome }) => outcome === 'failed');
    if (vendorKey && soFarGood) {
      const timeoutMs = config.upstreamTimeoutMs;
      checks.push(await askDaily(token.text, vendorKey, { ignoreNbf: options.ignoreNbf, timeoutMs }, surroundings));
    }
  }
  return reply(provider, checks, token, times);

  function reply(by: Provider | null, all: Check[], decoded?: Token, span?: Times): IntrospectionReply {
    const signed = all.some(({ name, outcome }) => outcome === 'passed' && (name === 'signature' || name === 'vendor'));
    const active = signed && !all.some(({ outcome }) => outcome === 'failed');
    const vendor = all.find(({ name, outcome }) => name === 'vendor' && outcome !== 'not-checked');
    return {
      active,
      ...(active && decoded && span ? registered(decoded, span) : {}),
      roomkey: {
        version: 1,
        answeredBy: vendor ? `${by?.name ?? 'the vendor'} and this server` : 'this server',
        checkedAt: Math.floor(now),
        provider: by?.id ?? null,
        checks: all,
      },
    };
  }
}

/** The whole text must be one token: a text around it would be something else than what was asked. */
function read(text: string): Token | null {
  const hit = detect(text).hits.find(({ token, note }) => token === text && note === null);
  return hit ? decode(hit.token, hit.form) : null;
}

/** The engine decides; the caller's hint only chooses among what fits the token. */
function providerOf(token: Token, hint: string | undefined): Provider | null {
  const fitting = recognise(token).map(({ provider }) => provider);
  return fitting.find(({ id }) => id === hint) ?? fitting[0] ?? null;
}

/** A general key (`oidc`) serves whatever its issuers sign, recognised or not. */
function isForIssuer(key: ConfiguredKey, { claims }: Token): boolean {
  return key.provider === 'oidc' && key.issuer?.some((issuer) => issuer === claims?.iss) === true;
}

function shape(token: Token, provider: Provider | null): Check {
  if (token.problem)
    return { name: 'shape', outcome: 'failed', reason: `The token is damaged: ${token.problem.message}` };
  if (!provider) {
    return {
      name: 'shape',
      outcome: 'not-checked',
      reason: 'The token is readable, but no known platform issues its shape.',
    };
  }
  return { name: 'shape', outcome: 'passed', reason: `The token reads as one of ${provider.name}.` };
}

function time(times: Times, now: number, skew: number, ignoreNbf: boolean): Check {
  const name = 'time';
  if (times.expiresAt !== null && times.expiresAt <= now - skew) {
    return { name, outcome: 'failed', reason: `It expired at ${iso(times.expiresAt)}.` };
  }
  if (times.notBefore !== null && times.notBefore > now + skew && !ignoreNbf) {
    return { name, outcome: 'failed', reason: `It is not valid before ${iso(times.notBefore)}.` };
  }
  if (times.status === 'unknown') return { name, outcome: 'not-checked', reason: 'Its time claims cannot be read.' };
  if (times.expiresAt === null) return { name, outcome: 'passed', reason: 'It has no expiry.' };
  return { name, outcome: 'passed', reason: `It is valid until ${iso(times.expiresAt)}.` };
}

function issued(
  token: Token,
  provider: Provider | null,
  keys: ConfiguredKey[],
): { issuer: Check; usable: ConfiguredKey[] } {
  const name = 'issuer';
  if (!keys.length) {
    const whose = provider ? `tokens of ${provider.name}` : 'tokens of this kind';
    return { issuer: { name, outcome: 'not-checked', reason: `This server has no key for ${whose}.` }, usable: [] };
  }
  const kid = token.header?.kid;
  const claims = token.claims ?? {};
  const iss = typeof claims.iss === 'string' ? claims.iss : null;
  const tenant = provider?.facts(token).tenant ?? null;
  const audience = (Array.isArray(claims.aud) ? claims.aud : [claims.aud]).filter((one) => typeof one === 'string');
  const usable = keys.filter(
    (key) =>
      (!key.kid || key.kid === kid) &&
      (!key.issuer?.length || key.issuer.some((one) => one === iss || one === tenant)) &&
      (!key.audience?.length || key.audience.some((one) => audience.includes(one))),
  );
  if (!usable.length) {
    return {
      issuer: {
        name,
        outcome: 'failed',
        reason: 'Issuer, audience or key id is not one this server is configured for.',
      },
      usable,
    };
  }
  const pinned = usable.some((key) => key.issuer?.length || key.audience?.length || key.kid);
  const reason = pinned
    ? 'Issuer, audience and key id are as configured.'
    : 'No issuer is configured; the key alone decides.';
  return { issuer: { name, outcome: pinned ? 'passed' : 'not-checked', reason }, usable };
}

async function signature(token: Token, keys: ConfiguredKey[], keySource: KeySource): Promise<Check> {
  let last: Verdict = { outcome: 'not-checked', reason: 'There is no key to verify it with.' };
  for (const key of keys) {
    last = await verifyWith(key);
    if (last.outcome === 'passed') break;
  }
  return { name: 'signature', outcome: last.outcome, reason: last.reason };

  async function verifyWith(key: ConfiguredKey): Promise<Verdict> {
    try {
      return await verifySignature(token, await keySource.keysFor(key, token));
    } catch (error) {
      if (error instanceof UnknownKeyError) return { outcome: 'failed', reason: error.message };
      const told = error instanceof UpstreamError || error instanceof KeyError;
      return { outcome: 'not-checked', reason: told ? error.message : 'The configured key could not be used.' };
    }
  }
}

function room(token: Token, provider: Provider | null, wanted: string | undefined): Check {
  const name = 'room';
  const facts = provider?.facts(token) ?? null;
  if (!wanted) return { name, outcome: 'not-checked', reason: 'No room was asked for.' };
  if (facts?.roomScope === 'all-rooms') return { name, outcome: 'passed', reason: 'It opens every room.' };
  const isOpened = facts?.roomScope === 'some-rooms' ? (provider?.opensRoom?.(token, wanted) ?? null) : null;
  if (isOpened !== null) {
    return isOpened
      ? { name, outcome: 'passed', reason: 'Its pattern fits the room asked for.' }
      : { name, outcome: 'failed', reason: 'It is for other rooms: its pattern does not fit the one asked for.' };
  }
  if (!facts?.room || facts.roomScope !== 'one-room') {
    return { name, outcome: 'not-checked', reason: 'The token does not name one room.' };
  }
  return facts.room.toLowerCase() === wanted.toLowerCase()
    ? { name, outcome: 'passed', reason: `It is for the room ${JSON.stringify(facts.room.slice(0, 100))}.` }
    : { name, outcome: 'failed', reason: `It is for another room, ${JSON.stringify(facts.room.slice(0, 100))}.` };
}

/** RFC 7662 §2.2: the registered claims of an active token. */
function registered({ claims }: Token, times: Times): Partial<IntrospectionReply> {
  const out: Partial<IntrospectionReply> = {};
  for (const name of ['sub', 'iss', 'jti', 'scope', 'client_id'] as const) {
    const value = claims?.[name];
    if (typeof value === 'string') out[name] = value;
  }
  const aud = claims?.aud;
  if (typeof aud === 'string') out.aud = aud;
  else if (Array.isArray(aud)) out.aud = aud.filter((one) => typeof one === 'string');
  if (times.expiresAt !== null) out.exp = times.expiresAt;
  if (times.issuedAt !== null) out.iat = times.issuedAt;
  if (times.notBefore !== null) out.nbf = times.notBefore;
  return out;
}

/** A readable UTC time; what lies outside of what dates can hold is given as the number. */
function iso(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
