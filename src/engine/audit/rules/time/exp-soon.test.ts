import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expSoon } from './exp-soon.ts';

await ruleCases(expSoon, {
  flags: {
    'four minutes left': {
      on: { local: { token: jwt({ iat: now - hours(1), exp: now + 240 }) } },
      severity: 'info',
      says: 'in 4 minutes',
      at: 'claims.exp',
    },
    'exactly five minutes left': {
      on: { local: { token: jwt({ exp: now + 300 }) } },
      severity: 'info',
      says: 'It expires in 5 minutes, at 2026-11-20T12:05:00Z',
    },
  },
  passes: {
    'more than five minutes left': { local: { token: jwt({ exp: now + 301 }) } },
    'an expired token': { local: { token: jwt({ exp: now }) } },
  },
  doesNotApply: {
    'tokens that are short by design (Clerk: 60 s)': { local: { token: jwt({ iat: now, exp: now + 60 }) } },
    'a token without expiry': { local: { token: jwt({ sub: 'ada' }) } },
  },
});
