import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoEnforcementNote } from './video-enforcement-note.ts';

await ruleCases(videoEnforcementNote, {
  flags: {
    'every join token, as guidance': {
      on: { local: { t: dailyToken() } },
      severity: 'info',
      says: 'Daily checks the signature',
    },
  },
  passes: {},
  doesNotApply: { 'a token that is not for calls': { local: { t: jwt({ exp: now + 60 }) } } },
});
