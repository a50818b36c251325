import { demanded } from '../../evidence/policy-claims.ts';
import type { TokenRule } from '../rule.ts';

/** Not of the catalogue: a claim your own policy asks for. */
export const policyClaimRequired: TokenRule = {
  id: 'policy-claim-required',
  judges: 'token',
  group: 'structure',
  title: 'Claim required by the policy is missing',
  severity: 'medium',
  why: 'The policy asks for it.',
  fix: 'Add the claim when issuing the token.',
  references: [],
  applies: ({ token }, { policy }) =>
    policy.requiredClaims.length > 0 && token.claims !== null && token.problem === null,
  check: (subject, { policy }) => demanded(subject, policy.requiredClaims, false),
};
