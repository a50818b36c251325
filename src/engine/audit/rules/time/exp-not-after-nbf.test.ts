import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expNotAfterNbf } from './exp-not-after-nbf.ts';

await ruleCases(expNotAfterNbf, {
  flags: {
    'an end before the start': {
      on: { local: { t: jwt({ nbf: now + hours(2), exp: now + hours(1) }) } },
      severity: 'medium',
      says: /ends on 2026-11-20T13:00:00Z and starts on 2026-11-20T14:00:00Z/,
      at: 'claims.exp',
    },
  },
  passes: { 'an end after the start': { local: { t: jwt({ nbf: now, exp: now + 1 }) } } },
  doesNotApply: { 'a token without `nbf`': { local: { t: jwt({ exp: now }) } } },
});
