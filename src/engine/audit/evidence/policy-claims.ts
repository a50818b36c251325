import type { Subject } from '../../model/report.ts';
import { clip } from '../../text/sentence.ts';
import { isBlank, valueAt } from '../../text/values.ts';
import type { ClaimDemand } from '../policy/policies.ts';
import type { Verdict } from '../rules/rule.ts';

/** Verdicts on the claims a policy asks for or forbids. */
export function demanded({ token, facts }: Subject, demands: readonly ClaimDemand[], present: boolean): Verdict[] {
  return demands
    .filter(({ uses }) => uses.length === 0 || uses.includes(facts.use))
    .filter(({ claim }) => isBlank(valueAt(token.claims, claim)) !== present)
    .map(({ claim, severity, because }) => ({
      says: `\`${clip(claim)}\` is ${present ? 'there' : 'missing'}${because ? `: ${clip(because, 200).replace(/\.$/, '')}` : ''}.`,
      at: `claims.${claim}`,
      severity,
    }));
}
