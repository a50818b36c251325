import type { Severity, Subject } from '../../model/report.ts';
import type { Sighting } from '../../model/token.ts';
import { valueAt } from '../../text/values.ts';
import type { LifetimeKey, Policy } from '../policy/policies.ts';
import { isPresent } from './places.ts';

/** Which line of the policy's lifetime table a token falls under. */
export function lifetimeKey({ facts, token, sightings }: Subject): LifetimeKey {
  const { use } = facts;
  if (use === 'video-join' && facts.role === 'host') return 'video-join:host';
  if (use === 'session' && sightings.some(isReadable)) return 'session:readable';
  const cnf = valueAt(token.claims, 'cnf');
  if (use === 'access' && typeof cnf === 'object' && cnf !== null) return 'access:bound';
  return use;
}

function isReadable(sighting: Sighting): boolean {
  return isPresent(sighting) && sighting.place.traits.readableByScripts === true;
}

/** The severity of a lifetime by the policy's tiers, their ends included; null when it is fine or the policy has no line for it. */
export function lifetimeTier(seconds: number, key: LifetimeKey, { lifetimes }: Policy): Severity | null {
  const tiers = lifetimes[key];
  if (!tiers) return null;
  for (const [severity, end] of [
    [null, tiers.ok],
    ['info', tiers.info],
    ['low', tiers.low],
    ['medium', tiers.medium],
  ] as const) {
    if (end === null || seconds <= end) return severity;
  }
  return 'high';
}
