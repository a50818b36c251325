import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { numberPrecision } from './number-precision.ts';

await ruleCases(numberPrecision, {
  flags: {
    'an id beyond 2^53': {
      on: { local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"sub":"a","meeting":12345678901234567890}') } },
      severity: 'low',
      says: 'The number at "meeting" has more digits than JavaScript keeps',
      at: 'claims.meeting',
    },
  },
  passes: {
    'irregular, with exact numbers': {
      local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"sub":"a","sub":"b","exp":1795190927}') },
    },
    'a fractional time': {
      local: { t: rawJwt({ alg: 'HS256', typ: 'JWT' }, '{"sub":"a","sub":"b","exp":1795190927.123}') },
    },
  },
  doesNotApply: { 'an ordinary token': { local: { t: jwt({ exp: now + 60.5 }) } } },
});
