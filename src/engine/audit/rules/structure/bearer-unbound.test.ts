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
    'a token in a cookie of a device-bound session': {
      cookies: [{ name: 'access_token', value: jwt(live) }],
      exchanges: [
        {
          url: 'https://call.acme.com/session',
          requestHeaders: [{ name: 'Sec-Session-Response', value: jwt({ jti: '1' }, { typ: 'dbsc+jwt' }) }],
          responseHeaders: [{ name: 'Content-Type', value: 'application/json' }],
          responseBody: {
            mimeType: 'application/json',
            text: JSON.stringify({ credentials: [{ type: 'cookie', name: 'access_token' }] }),
          },
        },
      ],
      policy: strict,
    },
    'a bound token': { local: { access_token: jwt({ ...live, cnf: { jkt: 'x' } }) }, policy: strict },
  },
  doesNotApply: { 'a token that is no access token': { local: { t: jwt(live) }, policy: strict } },
});
