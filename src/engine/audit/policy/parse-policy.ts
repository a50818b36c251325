import type { Problem } from '../../model/capture.ts';
import { readChecked } from '../../text/checked-json.ts';
import { formatPolicy } from './format-policy.ts';
import { type Policy, policies } from './policies.ts';
import { type PolicyFile, policyFile } from './policy-file.ts';

/** Longest policy file read, in characters. */
const longest = 1 << 20;

/**
 * Reads a user's policy: JSON as `policy-file.ts` describes it, and `docs/policy.schema.json` after it, whose members are
 * laid over the policy it `extends` (standard when left out). Never throws. A file with any mistake gives no policy and
 * names every mistake (at most twenty) with its path, line and column, so that nobody works under a policy they did not
 * mean. `ruleIds`, when given, are the rules that exist; other ids are then mistakes.
 */
export function parsePolicy(
  text: string,
  { name = 'own policy', ruleIds }: { name?: string; ruleIds?: readonly string[] } = {},
): { policy: Policy; problems: [] } | { policy: null; problems: Problem[] } {
  const file = { code: 'policy', longest, whole: 'The policy' };
  const { value, problems } = readChecked(text, file, policyFile(ruleIds ?? null));
  return value ? { policy: namedApart(laidOver({ name, ...value })), problems: [] } : { policy: null, problems };
}

/** Reports tell by which policy they judge: a changed one does not pass for the one that comes with Roomkey. */
function namedApart(policy: Policy): Policy {
  const like = Object.values(policies).find(({ name }) => name === policy.name.trim().toLowerCase());
  if (!like || formatPolicy(policy) === formatPolicy(like)) return policy;
  return { ...policy, name: `${policy.name} (imported)` };
}

function laidOver({ $schema: _, extends: base, ...own }: PolicyFile & { name: string }): Policy {
  const from: Policy = policies[base];
  return {
    ...from,
    ...own,
    lifetimes: { ...from.lifetimes, ...own.lifetimes },
    severities: { ...from.severities, ...own.severities },
  };
}
