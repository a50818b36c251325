import {
  dailyToken,
  livekitToken,
  streamToken,
  twilioToken,
  vonageToken,
} from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoIdentityMissing } from './video-identity-missing.ts';

await ruleCases(videoIdentityMissing, {
  flags: {
    'LiveKit without `sub`, which is refused': {
      on: { local: { t: livekitToken({}, { sub: '' }) } },
      severity: 'medium',
      says: 'refuses',
      at: 'claims.sub',
    },
    'Daily without `ud`': {
      on: { local: { t: dailyToken({ ud: undefined }) } },
      severity: 'low',
      says: '`ud` is empty or absent',
      at: 'claims.ud',
    },
    'Twilio without identity': {
      on: { local: { t: twilioToken({ identity: undefined }) } },
      severity: 'medium',
      says: 'refuses',
    },
  },
  passes: { identities: { local: { a: dailyToken(), b: livekitToken(), c: twilioToken(), d: streamToken() } } },
  doesNotApply: { 'Vonage, which has none': { local: { t: vonageToken() } } },
});
