import type { Times } from '../model/facts.ts';
import type { Token } from '../model/token.ts';
import { numberAt, valueAt } from '../text/values.ts';
import type { Provider } from './providers/provider.ts';

/** Clock difference that is forgiven, in seconds. RFC 7519 §4.1.4 allows "a few minutes"; one is usual. */
export const skewSeconds = 60;

/** Reads the time claims (RFC 7519 §4.1.4–4.1.6), or the platform's own. All in seconds since the epoch. */
export function readTimes(token: Token, provider: Provider | null, now: number): Times {
  const claims = token.claims;
  const own = provider?.times?.(token) ?? {};
  const issuedAt = own.issuedAt !== undefined ? own.issuedAt : numberAt(claims, 'iat');
  const notBefore = own.notBefore !== undefined ? own.notBefore : numberAt(claims, 'nbf');
  const expiresAt = own.expiresAt !== undefined ? own.expiresAt : numberAt(claims, 'exp');
  const from = issuedAt ?? notBefore;
  const lifetimeSeconds = expiresAt !== null && from !== null ? expiresAt - from : null;
  return { issuedAt, notBefore, expiresAt, lifetimeSeconds, status: status() };

  function status(): Times['status'] {
    if (expiresAt !== null && expiresAt <= now - skewSeconds) return 'expired';
    if (notBefore !== null && notBefore > now + skewSeconds) return 'not-yet-valid';
    if (expiresAt !== null) return 'active';
    const unreadable = claims === null || (valueAt(claims, 'exp') ?? null) !== null;
    return unreadable ? 'unknown' : 'never-expires';
  }
}
