import type { Subject } from '../model/report.ts';
import type { Json } from '../text/json.ts';
import { isLike } from '../text/like.ts';
import type { Bounds, Match, Wanted } from './expectations.ts';

/** Whether a token has all that is wanted. */
export function matches(subject: Subject, match: Match): boolean {
  return Object.entries(match).every(([path, wanted]) => fits(valueAt(subject, path), wanted));
}

/** Whether a value is one that is wanted. */
export function fits(value: Json, wanted: Wanted): boolean {
  if (Array.isArray(wanted)) return wanted.some((one) => fits(value, one));
  if (wanted === null || typeof wanted !== 'object') return Object.is(value, wanted);
  if ('not' in wanted) return !fits(value, wanted.not);
  if ('like' in wanted) return typeof value === 'string' && isLike(value, wanted.like);
  return typeof value === 'number' && within(value, wanted);
}

/** Whether a number is this one, or within both ends, which belong to it. */
export function within(value: number, bounds: number | Bounds): boolean {
  if (typeof bounds === 'number') return value === bounds;
  return value >= (bounds.min ?? Number.NEGATIVE_INFINITY) && value <= (bounds.max ?? Number.POSITIVE_INFINITY);
}

/** A member of a token by its name in reports: `role`, `privileges.record`, `times.lifetimeSeconds`, `claims.aud`. */
export function valueAt(subject: Subject, path: string): Json {
  const { token, provider, facts, times } = subject;
  if (path === 'provider') return provider?.id ?? null;
  if (path === 'form') return token.form;
  if (path === 'status') return times.status;
  const [first = '', ...rest] = path.split('.');
  if (first === 'privileges') return privilege(subject, rest.join('.'));
  if (first === 'times') {
    const { notSeconds: _, ...plain } = times;
    return memberAt(plain, rest);
  }
  if (first === 'claims') return memberAt(token.claims, rest);
  if (first === 'header') return memberAt(token.header, rest);
  const { privileges: _, wildcards: __, ...plain } = facts;
  return memberAt(plain, [first, ...rest]);
}

function privilege({ facts }: Subject, name: string): Json {
  const grants: Record<string, { allowed: boolean | null }> = facts.privileges;
  return Object.hasOwn(grants, name) ? (grants[name]?.allowed ?? null) : null;
}

function memberAt(root: Json, path: readonly string[]): Json {
  let value: Json = root;
  for (const [index, name] of path.entries()) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
    // Claim names may hold dots themselves: `https://call.example/roles`.
    const rest = path.slice(index).join('.');
    if (Object.hasOwn(value, rest)) return value[rest] ?? null;
    if (!Object.hasOwn(value, name)) return null;
    value = value[name] ?? null;
  }
  return value;
}
