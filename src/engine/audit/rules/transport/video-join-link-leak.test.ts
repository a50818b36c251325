import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoJoinLinkLeak } from './video-join-link-leak.ts';

await ruleCases(videoJoinLinkLeak, {
  flags: {
    "a participant's token in the page's address": {
      on: { url: `https://call.acme.com/standup?jwt=${dailyToken()}` },
      severity: 'medium',
      says: 'The address of the page carries a join token',
      at: 'sightings[0]',
    },
    "a host's": {
      on: { url: `https://call.acme.com/standup?jwt=${dailyHost()}` },
      severity: 'high',
      says: "a host's join token",
    },
    'one after #': {
      on: { url: `https://call.acme.com/standup#jwt=${dailyToken()}` },
      severity: 'medium',
      says: 'The address of the page carries a join token',
    },
  },
  passes: {},
  doesNotApply: {
    'a frame, whose address nobody copies': { frames: [`https://acme.daily.co/standup?t=${dailyToken()}`] },
    'another kind of token': { url: `https://call.acme.com/?t=${jwt({ exp: now + 60 })}` },
  },
});
