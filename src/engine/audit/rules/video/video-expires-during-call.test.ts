import { dailyToken, livekitToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, minutes, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoExpiresDuringCall } from './video-expires-during-call.ts';

await ruleCases(videoExpiresDuringCall, {
  flags: {
    'ten minutes left': {
      on: { local: { t: dailyToken({ exp: now + minutes(10) }) } },
      severity: 'low',
      says: 'in 10 minutes',
      at: 'claims.exp',
    },
  },
  passes: {
    'an hour left': { local: { t: dailyToken() } },
    'an expired token': { local: { t: dailyToken({ exp: now - hours(1) }) } },
  },
  doesNotApply: {
    'LiveKit, which renews tokens itself': { local: { t: livekitToken({}, { exp: now + minutes(10) }) } },
  },
});
