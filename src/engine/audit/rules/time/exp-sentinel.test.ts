import { dailyHost } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expSentinel } from './exp-sentinel.ts';

await ruleCases(expSentinel, {
  flags: {
    'the end of 32-bit time': {
      on: { local: { t: jwt({ iat: now, exp: 2_147_483_647 }) } },
      severity: 'medium',
      says: '2038-01-19T03:14:07Z, which means never',
      at: 'claims.exp',
    },
    'the year 9999': {
      on: { local: { t: jwt({ exp: 253_402_300_799 }) } },
      severity: 'medium',
      says: 'It expires on 9999-12-31T23:59:59Z, which means never',
    },
    'the largest exact number': {
      on: { local: { t: jwt({ exp: Number.MAX_SAFE_INTEGER }) } },
      severity: 'medium',
      says: 'It expires on 9007199254740991, which means never',
    },
    'the year 2200': {
      on: { local: { t: jwt({ exp: 7_258_118_400 }) } },
      severity: 'medium',
      says: 'It expires on 2200-01-01T00:00:00Z, which means never',
    },
    "a host's token": {
      on: { local: { t: dailyHost({ exp: 4_294_967_295 }) } },
      severity: 'high',
      says: 'It expires on 2106-02-07T06:28:15Z, which means never',
    },
  },
  passes: {
    'a near expiry': { local: { t: jwt({ exp: now + 60 }) } },
  },
  doesNotApply: {
    'a token without expiry': { local: { t: jwt({ iat: now }) } },
    'milliseconds, which are a finding of their own': { local: { t: jwt({ exp: now * 1000 }) } },
  },
});
