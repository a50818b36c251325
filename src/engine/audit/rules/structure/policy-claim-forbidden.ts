import { demanded } from '../../evidence/policy-claims.ts';
import type { TokenRule } from '../rule.ts';

/** Not of the catalogue: a claim your own policy forbids. */
export const policyClaimForbidden: TokenRule = {
  id: 'policy-claim-forbidden',
  judges: 'token',
  group: 'structure',
  title: 'Claim forbidden by the policy',
  severity: 'medium',
  why: 'The policy forbids it.',
  fix: 'Leave the claim out when issuing the token.',
  references: [],
  applies: ({ token }, { policy }) => policy.forbiddenClaims.length > 0 && token.claims !== null,
  check: (subject, { policy }) => demanded(subject, policy.forbiddenClaims, true),
};
