import { dailyToken, livekitToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoHiddenParticipant } from './video-hidden-participant.ts';

await ruleCases(videoHiddenParticipant, {
  flags: {
    'LiveKit `hidden`': {
      on: { local: { t: livekitToken({ hidden: true }) } },
      severity: 'medium',
      says: 'because `video.hidden` is true',
      at: 'claims.video.hidden',
    },
    'Daily `p.hp: false`': {
      on: { local: { t: dailyToken({ p: { hp: false } }) } },
      severity: 'medium',
      says: 'Its holder joins unseen, because `p.hp` is false',
      at: 'claims.p.hp',
    },
  },
  passes: {
    'ordinary participants': { local: { a: dailyToken(), b: livekitToken() } },
    'Daily `p.hp: true`': { local: { t: dailyToken({ p: { hp: true } }) } },
  },
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ hidden: true, exp: now + 60 }) } } },
});
