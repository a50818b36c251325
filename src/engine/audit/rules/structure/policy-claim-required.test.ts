import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { type Policy, standard } from '../../policy/policies.ts';
import { policyClaimRequired } from './policy-claim-required.ts';

const asks: Policy = {
  ...standard,
  requiredClaims: [{ claim: 'jti', uses: ['video-join'], severity: 'low', because: 'we block by id' }],
};

await ruleCases(policyClaimRequired, {
  flags: {
    'a claim that is missing': {
      on: { local: { t: dailyToken() }, policy: asks },
      severity: 'low',
      says: '`jti` is missing: we block by id.',
      at: 'claims.jti',
    },
  },
  passes: {
    'a claim that is there': { local: { t: dailyToken({ jti: '1' }) }, policy: asks },
    'another kind of token': { local: { t: jwt({ exp: now + 60 }) }, policy: asks },
  },
  doesNotApply: { 'a policy that asks for none': { local: { t: dailyToken() } } },
});
