import { dailyToken, jitsiToken, livekitToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoGrantTypo } from './video-grant-typo.ts';

await ruleCases(videoGrantTypo, {
  flags: {
    'a REST name in a self-signed Daily token': {
      on: { local: { t: dailyToken({ is_owner: true }) } },
      severity: 'medium',
      says: '`is_owner` is not read; `o` may be meant.',
      at: 'claims.is_owner',
      confidence: 'likely',
    },
    'a LiveKit member in another case': {
      on: { local: { t: livekitToken({ roomjoin: true }) } },
      severity: 'medium',
      says: '`video.roomJoin` may be meant',
    },
    'a LiveKit member misspelt': {
      on: { local: { t: livekitToken({ canPublsh: false }) } },
      severity: 'medium',
      says: '`video.canPublsh` is not read; `video.canPublish` may be meant',
      at: 'claims.video.canPublsh',
    },
    'a Jitsi `moderator` at top level': {
      on: { local: { t: jitsiToken({ moderator: true }) } },
      severity: 'medium',
      says: '`moderator` is not read; `context.user.moderator` may be meant',
      at: 'claims.moderator',
    },
  },
  passes: {
    'known members': { local: { a: dailyToken(), b: livekitToken({ canPublish: false }) } },
    'a new member of the vendor': { local: { t: livekitToken({ quantumRoom: true }) } },
    'free-form attributes': {
      local: { t: livekitToken({}, { attributes: { roomjoin: 'x' }, metadata: '{"canPublsh":1}' }) },
    },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ is_owner: true, exp: now + 60 }) } } },
});
