import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { standard } from '../../policy/policies.ts';
import { thirdPartyOrigin } from './third-party-origin.ts';

await ruleCases(thirdPartyOrigin, {
  flags: {
    'a frame of a stranger': {
      on: { frames: [`https://media.other.net/?t=${dailyToken()}`] },
      severity: 'medium',
      says: 'other.net receives it',
      at: 'sightings[0]',
      confidence: 'likely',
    },
    'a service that collects data': {
      on: { frames: [`https://stats.hotjar.com/?t=${dailyToken()}`] },
      severity: 'high',
      says: 'hotjar.com receives it',
    },
  },
  passes: {
    'the own site': { frames: [`https://media.acme.com/?t=${dailyToken()}`] },
    'the call vendor': { frames: [`https://acme.daily.co/standup?t=${dailyToken()}`] },
    'the issuer': { frames: [`https://login.other.net/?t=${jwt({ iss: 'https://login.other.net', exp: now + 60 })}`] },
    'the audience': { frames: [`https://api.other.net/?t=${jwt({ aud: ['https://api.other.net'], exp: now + 60 })}`] },
    'a host the policy names': {
      frames: [`https://media.other.net/?t=${dailyToken()}`],
      policy: { ...standard, recipients: ['*.other.net'] },
    },
  },
  doesNotApply: { storage: { local: { t: dailyToken() } } },
});
