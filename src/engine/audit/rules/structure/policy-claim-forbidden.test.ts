import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { type Policy, standard } from '../../policy/policies.ts';
import { policyClaimForbidden } from './policy-claim-forbidden.ts';

const forbids: Policy = {
  ...standard,
  forbiddenClaims: [{ claim: 'u', uses: [], severity: 'high', because: 'names stay on the server' }],
};

await ruleCases(policyClaimForbidden, {
  flags: {
    'a claim that is there': {
      on: { local: { t: dailyToken({ u: 'Ada' }) }, policy: forbids },
      severity: 'high',
      says: '`u` is there: names stay on the server.',
      at: 'claims.u',
    },
  },
  passes: { 'a claim that is absent': { local: { t: dailyToken() }, policy: forbids } },
  doesNotApply: { 'a policy that forbids none': { local: { t: dailyToken({ u: 'Ada' }) } } },
});
