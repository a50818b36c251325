import { type Policy, type PolicyRules, policies } from './policies.ts';

/**
 * A policy as the JSON that `parsePolicy` reads, mutes included: what differs from the policy that comes with Roomkey
 * and is nearest to it.
 */
export function formatPolicy(policy: Policy): string {
  const candidates = Object.entries(policies).map(([base, from]) => ({
    name: policy.name,
    extends: base,
    ...differences(policy, from),
  }));
  const texts = candidates.map((one) => `${JSON.stringify(one, null, 2)}\n`);
  return texts.reduce((shortest, one) => (one.length < shortest.length ? one : shortest));
}

function differences(policy: Policy, from: Policy): Record<string, unknown> {
  const { lifetimes, severities } = rulesBeyond(policy, from);
  const members: [string, unknown, boolean][] = [
    ['lifetimes', lifetimes, Object.keys(lifetimes).length > 0],
    ['severities', severities, Object.keys(severities).length > 0],
    ['off', policy.off, !isSame(policy.off, from.off)],
    ['timeBoxedCalls', policy.timeBoxedCalls, policy.timeBoxedCalls !== from.timeBoxedCalls],
    ['origins', policy.origins, Object.keys(policy.origins).length > 0],
    ['requiredClaims', policy.requiredClaims, policy.requiredClaims.length > 0],
    ['forbiddenClaims', policy.forbiddenClaims, policy.forbiddenClaims.length > 0],
    ['mutes', policy.mutes.map(withoutNulls), policy.mutes.length > 0],
    ['recipients', policy.recipients, policy.recipients.length > 0],
  ];
  return Object.fromEntries(members.flatMap(([name, value, isNeeded]) => (isNeeded ? [[name, value]] : [])));
}

function rulesBeyond(policy: PolicyRules, from: PolicyRules) {
  const beyond = <Value>(own: Record<string, Value>, base: Record<string, Value>): Record<string, Value> =>
    Object.fromEntries(Object.entries(own).filter(([key, value]) => !isSame(value, base[key])));
  return {
    lifetimes: beyond(policy.lifetimes, from.lifetimes),
    severities: beyond(policy.severities, from.severities),
  };
}

const withoutNulls = (object: object) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null));

/** Both are written by the same hands, so their members stand in the same order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
