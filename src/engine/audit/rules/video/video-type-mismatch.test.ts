import { dailyToken, jitsiToken, livekitToken, zoomToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoTypeMismatch } from './video-type-mismatch.ts';

await ruleCases(videoTypeMismatch, {
  flags: {
    'a Daily owner as text': {
      on: { local: { t: dailyToken({ o: 'true' }) } },
      severity: 'low',
      says: '`o` is "true"; Daily reads true or false.',
      at: 'claims.o',
    },
    'a LiveKit grant as text': {
      on: { local: { t: livekitToken({ roomJoin: 'true' }) } },
      severity: 'low',
      says: '`video.roomJoin` is "true"; LiveKit reads true or false',
      at: 'claims.video.roomJoin',
    },
    'a Zoom role as text': {
      on: { local: { t: zoomToken({ role_type: '1' }) } },
      severity: 'low',
      says: '`role_type` is "1"; Zoom Video SDK reads a number',
      at: 'claims.role_type',
    },
    'a number in a Jitsi profile': {
      on: { local: { t: jitsiToken({}, { id: 7, name: 'Ada' }) } },
      severity: 'low',
      says: '`context.user.id` is 7; Jitsi (self-hosted) reads text',
      at: 'claims.context.user.id',
    },
    'a null in a Jitsi profile': {
      on: { local: { t: jitsiToken({}, { id: 'u1', name: null }) } },
      severity: 'low',
      says: '`context.user.name` is null; Jitsi (self-hosted) reads text',
    },
  },
  passes: {
    'ordinary tokens': { local: { a: dailyToken({ o: true }), b: livekitToken(), c: zoomToken(), d: jitsiToken() } },
    'Jitsi moderators either way': {
      local: { a: jitsiToken({}, { id: 'a', moderator: 'true' }), b: jitsiToken({}, { id: 'b', moderator: true }) },
    },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ o: 'true', exp: now + 60 }) } } },
});
