import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { issMissing } from './iss-missing.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(issMissing, {
  flags: {
    'an access token without `iss`': {
      on: { local: { access_token: jwt(live) } },
      severity: 'low',
      says: '`iss`',
      at: 'claims.iss',
    },
  },
  passes: {
    'an issuer': { local: { access_token: jwt({ ...live, iss: 'https://login.acme.com' }) } },
    'a session that one service signs for itself': { cookies: [{ name: 'session', value: jwt(live) }] },
  },
  doesNotApply: {
    'a token of unknown use': { local: { t: jwt(live) } },
    'a join token': { local: { t: dailyToken() } },
  },
});
