import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases, type Scene } from '../../../../../test/cases/rule.ts';
import { tokenReusedParticipants } from './token-reused-participants.ts';

const recordings = (token: string): Scene => ({
  local: { a: token },
  session: { b: token },
  seen: (all) => all.map((one, index) => ({ ...one, input: `participant ${index + 1}.har` })),
});

await ruleCases(tokenReusedParticipants, {
  flags: {
    'two recordings with one join token': {
      on: recordings(dailyToken()),
      severity: 'medium',
      says: '2 recordings',
      confidence: 'likely',
    },
    "a host's": {
      on: recordings(dailyHost()),
      severity: 'high',
      says: '2 recordings hold the same join token, a host’s',
    },
  },
  passes: {
    'one recording': { local: { t: dailyToken() } },
    'another kind of token': recordings(jwt({ exp: now + 60 })),
  },
});
