import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { nbfFuture } from './nbf-future.ts';

await ruleCases(nbfFuture, {
  flags: {
    'a join token for later': {
      on: { local: { t: dailyToken({ nbf: now + hours(2), exp: now + hours(3) }) } },
      severity: 'medium',
      says: /in 2 hours, on 2026-11-20T14:00:00Z/,
      at: 'claims.nbf',
    },
    'a token of unknown use': {
      on: { local: { t: jwt({ nbf: now + hours(2) }) } },
      severity: 'info',
      says: 'It becomes valid in 2 hours, on 2026-11-20T14:00:00Z',
    },
  },
  passes: {
    'a start in the past': { local: { t: jwt({ nbf: now - 10 }) } },
    'a start within the allowed clock difference': { local: { t: jwt({ nbf: now + 60 }) } },
  },
  doesNotApply: {
    'a token without `nbf`': { local: { t: jwt({ exp: now + 60 }) } },
    'milliseconds, which are a finding of their own': {
      local: { t: dailyToken({ nbf: now * 1000 }) },
    },
  },
});
