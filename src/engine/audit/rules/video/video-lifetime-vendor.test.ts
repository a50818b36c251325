import { dailyToken, twilioToken, vonageToken, zoomToken } from '../../../../../test/builders/join-tokens.ts';
import { days, hours, minutes, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoLifetimeVendor } from './video-lifetime-vendor.ts';

const zoom = (seconds: number) => zoomToken({ iat: now, exp: now + seconds });
const twilio = (seconds: number) => twilioToken({}, { iat: now, exp: now + seconds });

await ruleCases(videoLifetimeVendor, {
  flags: {
    'Twilio beyond a day': {
      on: { local: { t: twilio(hours(24) + 1) } },
      severity: 'medium',
      says: /Twilio.* takes at most 1 day/,
      at: 'claims.exp',
    },
    'Zoom below half an hour': {
      on: { local: { t: zoom(minutes(29)) } },
      severity: 'medium',
      says: 'at least 30 minutes',
    },
    'Zoom beyond two days': {
      on: { local: { t: zoom(days(2) + 1) } },
      severity: 'medium',
      says: 'It lives 2 days; Zoom Video SDK takes at most 2 days',
    },
    'Vonage beyond thirty days': {
      on: { local: { t: vonageToken({ iat: now, exp: now + days(30) + 1 }) } },
      severity: 'medium',
      says: 'It lives 30 days; Vonage Video takes at most 30 days',
    },
  },
  passes: {
    'Twilio at its limit': { local: { t: twilio(hours(24)) } },
    'Zoom at its limits': { local: { a: zoom(minutes(30)), b: zoom(days(2)) } },
    'Vonage at its limit': { local: { t: vonageToken({ iat: now, exp: now + days(30) }) } },
  },
  doesNotApply: {
    'Daily, which has no limits': { local: { t: dailyToken({ exp: now + days(900) }) } },
    'a token that does not tell its lifetime': { local: { t: twilioToken({}, { iat: undefined, nbf: undefined }) } },
  },
});
