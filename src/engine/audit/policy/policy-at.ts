import type { Subject } from '../../model/report.ts';
import type { Sighting } from '../../model/token.ts';
import type { Policy } from './policies.ts';

/** The policy with the overrides of the first origin, among those where the token lies, that has any. */
export function policyFor(subject: Subject, policy: Policy): Policy {
  if (Object.keys(policy.origins).length === 0) return policy;
  for (const { place } of subject.sightings) {
    if (place.origin !== null && Object.hasOwn(policy.origins, place.origin)) return merged(policy, place.origin);
  }
  return policy;
}

/** A finding about a place follows the overrides of that place's origin, others those of the token's. */
export function policyAt(sighting: Sighting | null, policy: Policy, ofToken: Policy): Policy {
  if (!sighting) return ofToken;
  const { origin } = sighting.place;
  return origin !== null && Object.hasOwn(policy.origins, origin) ? merged(policy, origin) : policy;
}

function merged(policy: Policy, origin: string): Policy {
  const over = policy.origins[origin];
  if (!over) return policy;
  return {
    ...policy,
    lifetimes: { ...policy.lifetimes, ...over.lifetimes },
    severities: { ...policy.severities, ...over.severities },
    off: [...policy.off, ...(over.off ?? [])],
  };
}
