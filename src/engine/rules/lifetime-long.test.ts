import { dailyHost, dailyToken } from '../../../test/join-tokens.ts';
import { ruleCases } from '../../../test/rule-cases.ts';
import { days, hours, jwt, now } from '../../../test/tokens.ts';
import { relaxed, strict } from '../policies.ts';
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
    'one of 30 days': { on: { local: { t: lives(days(30)) } }, severity: 'medium' },
    'one of 7 days': { on: { local: { t: lives(days(7)) } }, severity: 'low' },
    'one of a day': { on: { local: { t: lives(days(1)) } }, severity: 'info' },
    "a host's token of 8 days": { on: { local: { t: hosts(days(8)) } }, severity: 'high' },
    "a host's token of a day": { on: { local: { t: hosts(days(1)) } }, severity: 'low' },
    "a host's token of 5 hours": { on: { local: { t: hosts(hours(5)) } }, severity: 'info' },
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
    },
    'an ID token of 31 days': {
      on: { local: { id_token: jwt({ iat: now, exp: now + days(31) }) } },
      severity: 'medium',
    },
    'a session of 31 days that scripts cannot read': {
      on: { cookies: [{ name: 'session', value: jwt({ iat: now, exp: now + days(31) }), httpOnly: true }] },
      severity: 'low',
    },
    'a session of 31 days that scripts can read': {
      on: { cookies: [{ name: 'session', value: jwt({ iat: now, exp: now + days(31) }), httpOnly: false }] },
      severity: 'high',
    },
    'an access token of two days, bound to a key': {
      on: { local: { access_token: jwt({ iat: now, exp: now + days(2), cnf: { jkt: 'x' } }) } },
      severity: 'info',
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
    'milliseconds, which are a finding of their own': { local: { t: lives(now * 1000) } },
    'a verifiable credential of five years': {
      local: {
        t: jwt({ iss: 'https://issuer.acme.com', vct: 'x', iat: now, exp: now + days(300) }, { typ: 'dc+sd-jwt' }),
      },
    },
  },
  doesNotApply: { 'a token without expiry': { local: { t: jwt({ iat: now }) } } },
});
