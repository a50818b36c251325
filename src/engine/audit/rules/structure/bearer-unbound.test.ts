import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { strict } from '../../policy/policies.ts';
import { bearerUnbound } from './bearer-unbound.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(bearerUnbound, {
  flags: {
    'an access token, by the strict policy': {
      on: { local: { access_token: jwt(live) }, policy: strict },
      severity: 'info',
      says: 'There is no `cnf`',
      at: 'claims.cnf',
    },
  },
  passes: {
    'the standard policy, since it is the norm': { local: { access_token: jwt(live) } },
    'a bound token': { local: { access_token: jwt({ ...live, cnf: { jkt: 'x' } }) }, policy: strict },
  },
  doesNotApply: { 'a token that is no access token': { local: { t: jwt(live) }, policy: strict } },
});
