import { hours, jwt, minutes, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { iatFuture } from './iat-future.ts';

await ruleCases(iatFuture, {
  flags: {
    'ten minutes ahead': {
      on: { local: { t: jwt({ iat: now + minutes(10), exp: now + hours(1) }) } },
      severity: 'low',
      says: /10 minutes from now/,
      at: 'claims.iat',
    },
    'more than an hour ahead': {
      on: { local: { t: jwt({ iat: now + hours(1) + 1 }) } },
      severity: 'medium',
      says: 'It says it was issued 1 hour from now, on 2026-11-20T13:00:01Z',
    },
  },
  passes: {
    'the past': { local: { t: jwt({ iat: now - 10 }) } },
    'the allowed clock difference': { local: { t: jwt({ iat: now + 60 }) } },
  },
  doesNotApply: {
    'a token without `iat`': { local: { t: jwt({ exp: now + 60 }) } },
    'milliseconds, which are a finding of their own': {
      local: { t: jwt({ iat: now * 1000 }) },
    },
  },
});
