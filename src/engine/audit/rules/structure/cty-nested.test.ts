import { jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { ctyNested } from './cty-nested.ts';

await ruleCases(ctyNested, {
  flags: {
    'a token as the payload': {
      on: { local: { t: rawJwt({ alg: 'HS256', cty: 'JWT' }, jwt({ sub: 'ada', exp: now + 60 })) } },
      severity: 'info',
      says: 'A token lies in "payload"',
    },
  },
  passes: {},
  doesNotApply: { 'an ordinary token': { local: { t: jwt({ exp: now + 60 }) } } },
});
