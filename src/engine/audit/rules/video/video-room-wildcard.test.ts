import { dailyToken, jitsiToken, livekitToken, vonageToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoRoomWildcard } from './video-room-wildcard.ts';

await ruleCases(videoRoomWildcard, {
  flags: {
    'Jitsi `room: "*"`': {
      on: { local: { t: jitsiToken({ room: '*' }) } },
      severity: 'medium',
      says: '`room` is `*`, which opens every room',
      at: 'claims.room',
    },
    'the same for a moderator': {
      on: { local: { t: jitsiToken({ room: '*' }, { id: 'u1', affiliation: 'owner' }) } },
      severity: 'high',
      says: '`room` is `*`, which opens every room',
    },
    'Jitsi `sub: "*"`': {
      on: { local: { t: jitsiToken({ sub: '*' }) } },
      severity: 'medium',
      says: '`sub` is `*`, which fits every tenant',
      at: 'claims.sub',
    },
    'a Jitsi pattern': {
      on: { local: { t: jitsiToken({ room: 'stand.*', context: { user: { id: 'u1' }, room: { regex: true } } }) } },
      severity: 'medium',
      says: '`room` is the pattern "stand.*", which opens each room whose whole name it matches',
    },
    'Galene with its subgroups': {
      on: {
        local: {
          t: jwt({
            sub: 'ada',
            aud: 'https://galene.acme.com/group/demo/',
            permissions: ['present'],
            iss: 'https://auth.acme.com/',
            'include-subgroups': true,
            iat: now,
            exp: now + 30,
          }),
        },
      },
      severity: 'medium',
      says: '`include-subgroups` is true, which opens every group below the named one',
    },
    'LiveKit `room: "*"`, a room of that name, as a fact': {
      on: { local: { t: livekitToken({ room: '*' }) } },
      severity: 'info',
      says: 'a room of that name',
    },
  },
  passes: {
    'one Jitsi room': { local: { t: jitsiToken() } },
    'one Daily room': { local: { t: dailyToken() } },
    'Vonage with its fixed list of paths `/session/**`': { local: { t: vonageToken() } },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ room: '*', exp: now + hours(1) }) } } },
});
