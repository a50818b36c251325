import { hours, jwt, now, rawJwt } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expNotNumeric } from './exp-not-numeric.ts';

await ruleCases(expNotNumeric, {
  flags: {
    '`exp` as text': {
      on: { local: { token: jwt({ exp: String(now + 60) }) } },
      severity: 'medium',
      says: `\`exp\` is "${now + 60}" (string)`,
      at: 'claims.exp',
    },
    '`nbf` as a date': {
      on: { local: { t: jwt({ nbf: '2026-11-20', exp: now + 60 }) } },
      severity: 'medium',
      says: '`nbf` is "2026-11-20" (string), not a number of seconds',
      at: 'claims.nbf',
    },
    '`iat` as a boolean': {
      on: { local: { t: jwt({ iat: true }) } },
      severity: 'medium',
      says: '`iat` is true (boolean), not a number of seconds',
      at: 'claims.iat',
    },
    '`exp` as an object': { on: { local: { t: jwt({ exp: { value: 1 } }) } }, severity: 'medium', says: 'an object' },
    'a number no clock reaches': {
      on: { local: { t: rawJwt({ alg: 'HS256' }, '{"exp":1e999}') } },
      severity: 'medium',
      says: 'out of range',
    },
    'each claim by itself': {
      on: { local: { t: jwt({ exp: 'a', nbf: 'b', iat: 'c' }) } },
      severity: 'medium',
      says: '`exp` is "a" (string), not a number of seconds',
      count: 3,
    },
  },
  passes: {
    numbers: { local: { t: jwt({ iat: now, nbf: now, exp: now + hours(1) }) } },
    'a fractional number': { local: { t: jwt({ exp: now + 0.5 }) } },
    'nothing at all, which is a finding of its own': { local: { t: jwt({ exp: null }) } },
    'claims of the same name in nested objects': { local: { t: jwt({ exp: now + 60, card: { exp: '12/28' } }) } },
  },
  doesNotApply: {
    'a payload that cannot be read': { local: { access_token: rawJwt({ alg: 'RS256', typ: 'JWT' }, 'opaque') } },
  },
});
