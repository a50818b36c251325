import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expMissing } from './exp-missing.ts';

await ruleCases(expMissing, {
  flags: {
    'a token without `exp`': {
      on: { local: { token: jwt({ sub: 'ada', iat: now }) } },
      severity: 'medium',
      says: 'There is no `exp`',
      at: 'claims.exp',
    },
    '`exp: null`': { on: { local: { token: jwt({ sub: 'ada', exp: null }) } }, severity: 'medium', says: 'null' },
    "a participant's join token": {
      on: { local: { t: dailyToken({ exp: undefined }) } },
      severity: 'medium',
      says: 'There is no `exp`',
    },
    "a host's join token": { on: { local: { t: dailyHost({ exp: undefined }) } }, severity: 'high', says: 'host' },
    'a Daily token that only limits the stay (`ejt`, `eje`)': {
      on: { local: { t: dailyToken({ exp: undefined, ejt: true, eje: 1800 }) } },
      severity: 'medium',
      says: 'There is no `exp`',
    },
    'an inherited-looking member name': {
      on: { local: { token: jwt(JSON.parse('{"sub":"ada","__proto__":{"exp":1}}')) } },
      severity: 'medium',
      says: 'There is no `exp`',
    },
  },
  passes: {
    'a token with `exp`': { local: { token: jwt({ sub: 'ada', exp: now + hours(1) }) } },
    'an expiry under another name (`expires_at`)': { local: { token: jwt({ sub: 'ada', expires_at: now + 60 }) } },
    '`exp` of a wrong type, which is a finding of its own': { local: { token: jwt({ sub: 'ada', exp: 'soon' }) } },
  },
  doesNotApply: {
    'a DPoP proof': {
      local: {
        proof: jwt({ htm: 'GET', htu: 'https://api.acme.com', iat: now, jti: '1' }, { typ: 'dpop+jwt', jwk: {} }),
      },
    },
    'a security event token': { local: { t: jwt({ iat: now, jti: '1', events: {} }, { typ: 'secevent+jwt' }) } },
    'a verifiable credential': {
      local: { t: jwt({ iss: 'https://issuer.acme.com', vct: 'x' }, { typ: 'dc+sd-jwt' }) },
    },
  },
});
