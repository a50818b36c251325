import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { days, hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { relaxed, strict } from '../../policy/policies.ts';
import { lifetimeLong } from './lifetime-long.ts';

const lives = (seconds: number) => dailyToken({ iat: now, exp: now + seconds });
const hosts = (seconds: number) => dailyHost({ iat: now, exp: now + seconds });

await ruleCases(lifetimeLong, {
  flags: {
    "a participant's token of 90 days": {
      on: { local: { t: lives(days(90)) } },
      severity: 'high',
      says: /lives 90 days; the standard policy allows a participant's token 6 hours/,
      at: 'claims.exp',
    },
    'one of 30 days': { on: { local: { t: lives(days(30)) } }, severity: 'medium', says: 'It lives 30 days' },
    'one of 7 days': { on: { local: { t: lives(days(7)) } }, severity: 'low', says: 'It lives 7 days' },
    'one of a day': {
      on: { local: { t: lives(days(1)) } },
      severity: 'info',
      says: "It lives 1 day; the standard policy allows a participant's token 6 hours",
    },
    "a host's token of 8 days": {
      on: { local: { t: hosts(days(8)) } },
      severity: 'high',
      says: "It lives 8 days; the standard policy allows a host's token 4 hours",
    },
    "a host's token of a day": {
      on: { local: { t: hosts(days(1)) } },
      severity: 'low',
      says: "It lives 1 day; the standard policy allows a host's token 4 hours",
    },
    "a host's token of 5 hours": {
      on: { local: { t: hosts(hours(5)) } },
      severity: 'info',
      says: "It lives 5 hours; the standard policy allows a host's token 4 hours",
    },
    'a visit of three hours by the strict policy': {
      on: { local: { t: lives(hours(3)) }, policy: strict },
      severity: 'info',
      says: 'strict policy',
    },
    'a token that tells only its end': {
      on: { local: { t: jwt({ sub: 'ada', exp: now + days(90) }) } },
      severity: 'low',
      confidence: 'possible',
      says: 'at least',
    },
    'an access token of 31 days': {
      on: { local: { access_token: jwt({ iat: now, exp: now + days(31) }) } },
      severity: 'high',
      says: 'It lives 31 days; the standard policy allows an access token 1 hour',
    },
    'an ID token of 31 days': {
      on: { local: { id_token: jwt({ iat: now, exp: now + days(31) }) } },
      severity: 'medium',
      says: 'It lives 31 days; the standard policy allows an ID token 1 hour',
    },
    'a session of 31 days that scripts cannot read': {
      on: { cookies: [{ name: 'session', value: jwt({ iat: now, exp: now + days(31) }), httpOnly: true }] },
      severity: 'low',
      says: 'It lives 31 days; the standard policy allows a session token 1 day',
    },
    'a session of 31 days that scripts can read': {
      on: { cookies: [{ name: 'session', value: jwt({ iat: now, exp: now + days(31) }), httpOnly: false }] },
      severity: 'high',
      says: 'the standard policy allows a session token that scripts can read 1 hour',
    },
    'an access token of two days, bound to a key': {
      on: { local: { access_token: jwt({ iat: now, exp: now + days(2), cnf: { jkt: 'x' } }) } },
      severity: 'info',
      says: 'It lives 2 days',
    },
  },
  passes: {
    'the limit itself': { local: { t: lives(hours(6)) } },
    "a host's limit itself": { local: { t: hosts(hours(4)) } },
    'a token counted from `nbf`': { local: { t: dailyToken({ iat: undefined, nbf: now, exp: now + hours(6) }) } },
    'a week by the relaxed policy': { local: { t: lives(days(7)) }, policy: relaxed },
    'a lifetime accepted for this origin': {
      local: { t: lives(days(90)) },
      policy: {
        ...relaxed,
        origins: {
          'https://call.acme.com': {
            lifetimes: { 'video-join': { ok: days(365), info: null, low: null, medium: null } },
          },
        },
      },
    },
    'a verifiable credential of five years': {
      local: {
        t: jwt({ iss: 'https://issuer.acme.com', vct: 'x', iat: now, exp: now + days(300) }, { typ: 'dc+sd-jwt' }),
      },
    },
  },
  doesNotApply: {
    'a token without expiry': { local: { t: jwt({ iat: now }) } },
    'milliseconds, which are a finding of their own': {
      local: { t: lives(now * 1000) },
    },
  },
});
