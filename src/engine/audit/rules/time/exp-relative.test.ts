import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expRelative } from './exp-relative.ts';

await ruleCases(expRelative, {
  flags: {
    'an hour written as a date': {
      on: { local: { t: jwt({ iat: now, exp: 3600 }) } },
      severity: 'medium',
      says: /may mean 1 hour, until 2026-11-20T13:00:00Z/,
      at: 'claims.exp',
    },
    'a duration without `iat`': {
      on: { local: { t: jwt({ exp: 86_400 }) } },
      severity: 'medium',
      says: '`exp` is 86400, which may mean 1 day',
    },
  },
  passes: {
    'a date': { local: { t: jwt({ iat: now, exp: now + 60 }) } },
    'test values 0 and 1': { local: { a: jwt({ exp: 0 }), b: jwt({ exp: 1 }) } },
    'a token whose `iat` is small as well': { local: { t: jwt({ iat: 1000, exp: 4600 }) } },
  },
  doesNotApply: { 'a token without expiry': { local: { t: jwt({ iat: now }) } } },
});
