import { dailyToken, jitsiToken, vonageToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { strict } from '../../policy/policies.ts';
import { videoNoEject } from './video-no-eject.ts';

await ruleCases(videoNoEject, {
  flags: {
    'a Daily token without `ejt` and `eje`': {
      on: { local: { t: dailyToken() } },
      severity: 'info',
      says: /stays after 2026-11-20T13:00:00Z/,
      at: 'claims.ejt',
    },
    '`ejt: false`': {
      on: { local: { t: dailyToken({ ejt: false }) } },
      severity: 'info',
      says: 'because `ejt` is not set',
    },
    'time-boxed calls': {
      on: { local: { t: dailyToken() }, policy: strict },
      severity: 'medium',
      says: 'because `ejt` is not set',
    },
    'a Jitsi token, always': {
      on: { local: { t: jitsiToken() } },
      severity: 'info',
      says: 'A participant who has joined stays after 2026-11-20T13:00:00Z',
    },
    'a Vonage token, always': {
      on: { local: { t: vonageToken() } },
      severity: 'info',
      says: 'A participant who has joined stays after 2026-11-20T13:00:00Z',
    },
  },
  passes: {
    '`ejt: true`': { local: { t: dailyToken({ ejt: true }) } },
    '`eje`, a longest stay': { local: { t: dailyToken({ eje: 1800 }) } },
  },
  doesNotApply: {
    'a token that never expires, which is a finding of its own': { local: { t: dailyToken({ exp: undefined }) } },
    'a token that is not for calls': { local: { t: jwt({ exp: now + hours(1) }) } },
  },
});
