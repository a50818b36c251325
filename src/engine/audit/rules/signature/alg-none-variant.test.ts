import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { algNoneVariant } from './alg-none-variant.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(algNoneVariant, {
  flags: {
    'another case': {
      on: { local: { t: rawJwt({ alg: 'nOnE', typ: 'JWT' }, live) } },
      severity: 'high',
      says: '"nOnE"',
      at: 'header.alg',
    },
    capitals: {
      on: { local: { t: rawJwt({ alg: 'NONE', typ: 'JWT' }, live) } },
      severity: 'high',
      says: '`alg` is "NONE"',
    },
    'a space': {
      on: { local: { t: rawJwt({ alg: 'none ', typ: 'JWT' }, live) } },
      severity: 'high',
      says: '`alg` is "none "',
    },
    'a zero byte': {
      on: { local: { t: rawJwt({ alg: 'none\0', typ: 'JWT' }, live) } },
      severity: 'high',
      says: '`alg` is "none\\u0000"',
    },
    'a letter without width': {
      on: { local: { t: rawJwt({ alg: 'no\u200bne', typ: 'JWT' }, live) } },
      severity: 'high',
      says: '`alg` is "no​ne"',
    },
  },
  passes: {
    'exactly "none", which is a finding of its own': { local: { t: rawJwt({ alg: 'none', typ: 'JWT' }, live, '') } },
    'a signed token': { local: { t: jwt(live) } },
  },
});
