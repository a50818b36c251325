import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { signatureEmpty } from './signature-empty.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(signatureEmpty, {
  flags: {
    'a signed algorithm with nothing after the last dot': {
      on: { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, live, '') } },
      severity: 'medium',
      says: '"HS256"',
      at: 'header.alg',
    },
  },
  passes: {
    'a signature': { local: { t: jwt(live) } },
    'an unsecured token, which is a finding of its own': {
      local: { t: rawJwt({ alg: 'none', typ: 'JWT' }, live, '') },
    },
  },
});
