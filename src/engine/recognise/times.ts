import type { MisreadTime, Times } from '../model/facts.ts';
import type { Token } from '../model/token.ts';
import type { Json } from '../text/json.ts';
import { otherUnit } from '../text/time-unit.ts';
import { hasAt, memberOf, numberAt, valueAt } from '../text/values.ts';
import type { Provider } from './providers/provider.ts';

/** Clock difference that is forgiven, in seconds. RFC 7519 §4.1.4 allows "a few minutes"; one is usual. */
export const skewSeconds = 60;

/**
 * Reads the time claims (RFC 7519 §4.1.4–4.1.6), or the platform's own. All in seconds since the epoch; what is in another
 * unit is told apart, and nothing is computed from it.
 */
export function readTimes(token: Token, provider: Provider | null, now: number): Times {
  const { claims } = token;
  const names = timeNames(claims, provider);
  const own = provider?.times?.(token) ?? {};
  const notSeconds: MisreadTime[] = [];
  const expiresAt = seconds(own.expiresAt, 'exp', 'ends');
  const notBefore = seconds(own.notBefore, 'nbf', 'starts');
  const issuedAt = seconds(own.issuedAt, 'iat', 'issued');
  // Of a damaged token the issue may be in what was lost.
  const from = issuedAt ?? (token.problem === null ? notBefore : null);
  const lifetime = expiresAt !== null && from !== null ? expiresAt - from : null;
  const lifetimeSeconds = Number.isFinite(lifetime) ? lifetime : null;
  const endsWith = expiresAt === null && notSeconds.length === 0 ? (provider?.endsWith?.(token) ?? null) : null;
  const times: Times = { issuedAt, notBefore, expiresAt, lifetimeSeconds, status: status() };
  if (endsWith !== null) times.endsWith = endsWith;
  return notSeconds.length > 0 ? { ...times, notSeconds } : times;

  function seconds(
    ofPlatform: number | null | undefined,
    registered: string,
    says: MisreadTime['says'],
  ): number | null {
    const value = ofPlatform !== undefined ? ofPlatform : numberAt(claims, registered);
    const unit = value === null ? null : otherUnit(value);
    if (value === null || unit === null) return value;
    notSeconds.push({ ...writtenAs(value, says), says, unit: unit.unit });
    return null;
  }

  /** The claim a platform's time is from, and what stands there: a platform may have two, or count from the issue. */
  function writtenAs(value: number, says: MisreadTime['says']): Pick<MisreadTime, 'claim' | 'value'> {
    const named = numberIn(names[says]);
    const same = named === value ? undefined : Object.entries(claims ?? {}).find(([, one]) => one === value)?.[0];
    return { claim: same ?? names[says], value: same === undefined ? (named ?? value) : value };
  }

  function status(): Times['status'] {
    if (expiresAt !== null && expiresAt <= now - skewSeconds) return 'expired';
    if (notBefore !== null && notBefore > now + skewSeconds) return 'not-yet-valid';
    if (notSeconds.some(({ says }) => says !== 'issued')) return 'unknown';
    if (expiresAt !== null) return 'active';
    // An end that was lost with the rest of a damaged token is no absent one.
    const isUnreadable = claims === null || token.problem !== null;
    if (endsWith !== null) return 'unknown';
    return isUnreadable || isThere('exp') || isThere(names.ends) ? 'unknown' : 'never-expires';
  }

  /** Also as `null`, which some servers take for none and others refuse. */
  function isThere(claim: string): boolean {
    return (memberOf(claims, claim) ?? valueAt(claims, claim)) !== undefined;
  }

  /** A name with dots may be one member (`TLS.time`) or a path. */
  function numberIn(claim: string): number | null {
    const value = memberOf(claims, claim);
    return typeof value === 'number' ? value : numberAt(claims, claim);
  }
}

/** Names of the time claims of a token: the registered ones where it has them, otherwise the platform's own. */
export function timeNames(
  claims: Json | null,
  provider: Provider | null,
): { issued: string; starts: string; ends: string } {
  const pick = (registered: string, own: string | undefined) =>
    own === undefined || hasAt(claims, registered) ? registered : own;
  const own = provider?.timeClaims;
  return { issued: pick('iat', own?.issuedAt), starts: pick('nbf', own?.notBefore), ends: pick('exp', own?.expiresAt) };
}
