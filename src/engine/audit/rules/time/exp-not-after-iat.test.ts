import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expNotAfterIat } from './exp-not-after-iat.ts';

await ruleCases(expNotAfterIat, {
  flags: {
    'an end before the beginning': {
      on: { local: { t: jwt({ iat: now, exp: now - hours(1) }) } },
      severity: 'medium',
      says: /2026-11-20T11:00:00Z and was issued on 2026-11-20T12:00:00Z/,
      at: 'claims.exp',
    },
    'an end at the beginning': {
      on: { local: { t: jwt({ iat: now, exp: now }) } },
      severity: 'medium',
      says: 'It expires on 2026-11-20T12:00:00Z and was issued on 2026-11-20T12:00:00Z',
    },
  },
  passes: {
    'an end after the beginning': { local: { t: jwt({ iat: now, exp: now + 1 }) } },
  },
  doesNotApply: {
    'a token without `iat`': { local: { t: jwt({ exp: now }) } },
    '`iat` in milliseconds, which is a finding of its own': {
      local: { t: jwt({ iat: now * 1000, exp: now + 60 }) },
    },
  },
});
