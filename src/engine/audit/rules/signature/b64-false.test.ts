import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { b64False } from './b64-false.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(b64False, {
  flags: {
    'a declared option': {
      on: { local: { access_token: rawJwt({ alg: 'HS256', typ: 'JWT', b64: false, crit: ['b64'] }, live) } },
      severity: 'low',
      says: '`b64` is false',
      at: 'header.b64',
    },
    'one that `crit` does not name': {
      on: { local: { access_token: rawJwt({ alg: 'HS256', typ: 'JWT', b64: false }, live) } },
      severity: 'medium',
      says: '`b64` is false, and `crit` does not say so',
    },
  },
  passes: { '`b64: true`': { local: { t: jwt(live, { b64: true }) } } },
  doesNotApply: { 'a token without it': { local: { t: jwt(live) } } },
});
