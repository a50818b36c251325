import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { videoIdentityDuplicate } from './video-identity-duplicate.ts';

await ruleCases(videoIdentityDuplicate, {
  flags: {
    'two tokens for one person in two documents': {
      on: {
        local: { a: dailyToken({ u: 'one' }) },
        frames: [`https://acme.daily.co/standup?t=${dailyToken({ u: 'two' })}`],
      },
      severity: 'medium',
      says: '2 live tokens are for "f81d4fae" in "standup"',
      confidence: 'likely',
    },
  },
  passes: {
    'a token renewed in place': { local: { a: dailyToken({ u: 'one' }), b: dailyToken({ u: 'two' }) } },
    'a token renewed in another address of one origin': {
      url: `https://acme.daily.co/standup?t=${dailyToken({ u: 'one' })}`,
      frames: [`https://acme.daily.co/room?t=${dailyToken({ u: 'two' })}`],
    },
    'two people': {
      local: { a: dailyToken({ ud: 'a' }) },
      frames: [`https://acme.daily.co/standup?t=${dailyToken({ ud: 'b' })}`],
    },
    'two rooms': { local: { a: dailyToken({ r: 'a' }) }, frames: [`https://acme.daily.co/standup?t=${dailyToken()}`] },
    'one that has expired': {
      local: { a: dailyToken({ exp: now - hours(1) }) },
      frames: [`https://acme.daily.co/standup?t=${dailyToken()}`],
    },
  },
});
