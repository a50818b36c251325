import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { algUnknown } from './alg-unknown.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(algUnknown, {
  flags: {
    'a name of nobody': {
      on: { local: { t: rawJwt({ alg: 'XS256', typ: 'JWT' }, live) } },
      severity: 'low',
      says: '"XS256"',
      at: 'header.alg',
    },
    'a registered name in another case': {
      on: { local: { t: rawJwt({ alg: 'hs256', typ: 'JWT' }, live) } },
      severity: 'low',
      says: '`alg` is "hs256"',
    },
  },
  passes: {
    'common names': {
      local: {
        a: rawJwt({ alg: 'ES256', typ: 'JWT' }, live),
        b: rawJwt({ alg: 'EdDSA', typ: 'JWT' }, live),
        c: jwt(live),
      },
    },
    'a name of a vendor': { local: { t: rawJwt({ alg: 'FIREBASE', typ: 'JWT' }, live) } },
    'a post-quantum name': { local: { t: rawJwt({ alg: 'ML-DSA-65', typ: 'JWT' }, live) } },
  },
});
