import { agora007 } from '../engine/decode/forms/agora-007.ts';
import { trtcUsersig } from '../engine/decode/forms/trtc-usersig.ts';
import type { Token } from '../engine/model/token.ts';
import type { Provider } from '../engine/recognise/providers/provider.ts';
import { readTimes } from '../engine/recognise/times.ts';
import type { Json } from '../engine/text/json.ts';
import { hasAt, memberOf, valueAt } from '../engine/text/values.ts';
import type { Check } from '../introspection/reply.ts';

/** When a token holds, by every claim that says so. Seconds since the epoch; null where none does. */
export interface Span {
  issuedAt: number | null;
  notBefore: number | null;
  expiresAt: number | null;
  /** Time claims that are there and are no time, by name. */
  unreadable: string[];
  /** Nothing can be said, because the claims cannot be read, or may be withheld. */
  unknown: boolean;
}

/** The end of the year 9999, in seconds. A greater number was meant as milliseconds, or as no time at all. */
const latest = 253_402_300_799;

/**
 * The registered times (RFC 7519 §4.1.4 to §4.1.6) and the platform's own together: the earliest end and the latest
 * beginning count, as a verifier may go by either.
 */
export function readSpan(token: Token, provider: Provider | null, now: number): Span {
  const times = readTimes(token, provider, now);
  const { claims } = token;
  const ends = [times.expiresAt, number(claims, 'exp'), ...platformEnds(token)].filter((one) => one !== null);
  const starts = [times.notBefore, number(claims, 'nbf')].filter((one) => one !== null);
  return {
    issuedAt: times.issuedAt,
    notBefore: starts.length ? Math.max(...starts) : null,
    expiresAt: ends.length ? Math.min(...ends) : null,
    unreadable: timeNames(provider).filter((name) => !isTime(claimAt(claims, name))),
    // An SD-JWT may withhold any claim that its signed part names by digest only (RFC 9901 §9.7).
    unknown: claims === null || (ends.length === 0 && hasAt(claims, '_sd')),
  };
}

/** Judges a span. `skew` is forgiven in seconds; `ignoreNbf` accepts what begins later. */
export function checkTime(span: Span, now: number, skew: number, ignoreNbf: boolean): Check {
  const name = 'time';
  const [odd] = span.unreadable;
  if (odd !== undefined) {
    return { name, outcome: 'failed', reason: `Its \`${odd}\` is no time: it must be a number of seconds since 1970.` };
  }
  if (span.expiresAt !== null && span.expiresAt <= now - skew) {
    return { name, outcome: 'failed', reason: `It expired at ${timeInWords(span.expiresAt)}.` };
  }
  if (span.notBefore !== null && span.notBefore > now + skew && !ignoreNbf) {
    return { name, outcome: 'failed', reason: `It is not valid before ${timeInWords(span.notBefore)}.` };
  }
  if (span.unknown) return { name, outcome: 'not-checked', reason: 'Its time claims cannot be read.' };
  if (span.expiresAt === null) return { name, outcome: 'passed', reason: 'It has no expiry.' };
  return { name, outcome: 'passed', reason: `It is valid until ${timeInWords(span.expiresAt)}.` };
}

/** Time claims by name; those of the platform are known by their unit. */
export function timeNames(provider: Provider | null): string[] {
  const own = Object.entries(provider?.claims ?? {}).filter(
    ([path, { unit }]) => (unit === 'seconds since the epoch' || unit === 'seconds') && !path.includes('*'),
  );
  return [...new Set(['exp', 'nbf', 'iat', ...own.map(([path]) => path)])];
}

/** Ends that platforms write in other places than their expiry. */
function platformEnds({ form, claims }: Token): (number | null)[] {
  const end = ['tokenExp', 'expire_time'].map((name) => number(claims, name));
  if (form === trtcUsersig.id) return [...end, number(claims, 'userbuf.expiresAt')];
  if (form !== agora007.id || !Array.isArray(claims?.services)) return end;
  // A privilege of 0 lasts as long as the token; any other number counts from the issue.
  const issuedAt = number(claims, 'issueTs') ?? 0;
  const joins = claims.services.slice(0, 32).map((service) => number(service, 'privileges.1'));
  return [...end, ...joins.map((seconds) => (seconds ? issuedAt + seconds : null))];
}

/** A name with dots may be one member (`TLS.time`) or a path (`userbuf.expiresAt`). */
function claimAt(claims: Json | null | undefined, name: string): Json | undefined {
  const whole = memberOf(claims, name);
  return whole === undefined ? valueAt(claims, name) : whole;
}

function number(claims: Json | null | undefined, name: string): number | null {
  const value = claimAt(claims, name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** Absent is fine; anything else must be a NumericDate (RFC 7519 §2). */
function isTime(value: Json | undefined): boolean {
  return value === undefined || (typeof value === 'number' && value >= 0 && value <= latest);
}

/** A readable UTC time; what lies outside of what dates can hold is given as the number. */
export function timeInWords(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString();
}
