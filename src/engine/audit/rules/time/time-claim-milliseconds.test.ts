import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { timeClaimMilliseconds } from './time-claim-milliseconds.ts';

await ruleCases(timeClaimMilliseconds, {
  flags: {
    '`exp` in milliseconds': {
      on: { local: { t: jwt({ iat: now, exp: (now + hours(1)) * 1000 }) } },
      severity: 'high',
      says: /never expires\. Read as milliseconds it is 2026-11-20T13:00:00Z/,
      at: 'claims.exp',
    },
    '`nbf` in milliseconds': {
      on: { local: { t: jwt({ nbf: now * 1000, exp: now + 60 }) } },
      severity: 'medium',
      says: '`nbf` is 1795176000000',
      at: 'claims.nbf',
    },
    '`iat` in milliseconds': {
      on: { local: { t: jwt({ iat: now * 1000, exp: now + 60 }) } },
      severity: 'low',
      says: '`iat` is 1795176000000',
      at: 'claims.iat',
    },
    microseconds: { on: { local: { t: jwt({ exp: now * 1e6 }) } }, severity: 'high', says: 'microseconds' },
    nanoseconds: { on: { local: { t: jwt({ exp: now * 1e9 }) } }, severity: 'high', says: 'nanoseconds' },
  },
  passes: {
    seconds: { local: { t: jwt({ iat: now, nbf: now, exp: now + hours(1) }) } },
    'a far year in seconds, which is a finding of its own': { local: { t: jwt({ exp: 253_402_300_799 }) } },
    'a record field in milliseconds that is no claim of time': {
      local: { t: jwt({ exp: now + 60, expirationTime: now * 1000 }) },
    },
  },
  doesNotApply: {
    'a payload that cannot be read': { local: { access_token: rawJwt({ alg: 'RS256', typ: 'JWT' }, 'opaque') } },
  },
});
