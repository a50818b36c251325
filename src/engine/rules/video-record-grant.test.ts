import { dailyToken, jitsiToken } from '../../../test/join-tokens.ts';
import { ruleCases } from '../../../test/rule-cases.ts';
import { jwt, now } from '../../../test/tokens.ts';
import { videoRecordGrant } from './video-record-grant.ts';

await ruleCases(videoRecordGrant, {
  flags: {
    'Daily `er`': {
      on: { local: { t: dailyToken({ er: 'cloud' }) } },
      severity: 'info',
      says: 'may record',
      at: 'claims.er',
    },
    'Jitsi features as text': {
      on: {
        local: { t: jitsiToken({ context: { user: { id: 'u', moderator: true }, features: { recording: 'true' } } }) },
      },
      severity: 'info',
    },
    'on a page for guests': {
      on: { pageMark: 'guest', local: { t: dailyToken({ er: 'cloud' }) } },
      severity: 'medium',
      says: 'page for guests',
    },
  },
  passes: { 'an ordinary participant': { local: { t: dailyToken() } } },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ er: 'cloud', exp: now + 60 }) } } },
});
