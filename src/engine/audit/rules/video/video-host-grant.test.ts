import { dailyHost, dailyToken, jitsiToken, vonageToken, zoomToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoHostGrant } from './video-host-grant.ts';

await ruleCases(videoHostGrant, {
  flags: {
    'a Daily owner': {
      on: { local: { t: dailyHost() } },
      severity: 'info',
      says: 'Its role is owner, because `o` is true.',
      at: 'claims.o',
    },
    'a Daily admin': {
      on: { local: { t: dailyToken({ p: { ca: 'p' } }) } },
      severity: 'info',
      says: 'Its role is admin, because `p.ca` is "p"',
      at: 'claims.p.ca',
    },
    'a Jitsi moderator as text': {
      on: { local: { t: jitsiToken({}, { id: 'u1', moderator: 'true' }) } },
      severity: 'info',
      says: 'because `context.user.moderator` is "true"',
      at: 'claims.context.user.moderator',
    },
    'a Jitsi moderator as a boolean': {
      on: { local: { t: jitsiToken({}, { id: 'u1', moderator: true }) } },
      severity: 'info',
      says: 'because `context.user.moderator` is true',
    },
    'a Vonage moderator': {
      on: { local: { t: vonageToken({ role: 'moderator' }) } },
      severity: 'info',
      says: 'Its role is moderator, because `role` is "moderator"',
      at: 'claims.role',
    },
    'a Zoom host': {
      on: { local: { t: zoomToken({ role_type: 1 }) } },
      severity: 'info',
      says: 'Its role is host or co-host, because `role_type` is 1',
      at: 'claims.role_type',
    },
  },
  passes: {
    'a Daily guest': { local: { t: dailyToken() } },
    'a Daily owner flag that is text, which Daily ignores': { local: { t: dailyToken({ o: 'true' }) } },
    'a Jitsi `moderator` at top level, which no module reads': { local: { t: jitsiToken({ moderator: true }) } },
    'a Vonage publisher': { local: { t: vonageToken() } },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ role: 'moderator', exp: now + hours(1) }) } } },
});
