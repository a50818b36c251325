import { days, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { lifetimeFactor1000 } from './lifetime-factor-1000.ts';

await ruleCases(lifetimeFactor1000, {
  flags: {
    'two hours times 1000': {
      on: { local: { t: jwt({ iat: now, exp: now + 7_200_000 }) } },
      severity: 'medium',
      says: /lives 83 days, exactly 1000 times 2 hours/,
      at: 'claims.exp',
      confidence: 'likely',
    },
  },
  passes: {
    'an ordinary lifetime': { local: { t: jwt({ iat: now, exp: now + 7200 }) } },
    'a month': { local: { t: jwt({ iat: now, exp: now + days(30) }) } },
  },
  doesNotApply: {
    'a token that does not tell its lifetime': { local: { t: jwt({ exp: now + 7_200_000 }) } },
    'milliseconds, which are a finding of their own': { local: { t: jwt({ iat: now, exp: (now + 3600) * 1000 }) } },
  },
});
