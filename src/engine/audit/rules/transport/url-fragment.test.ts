import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { urlFragment } from './url-fragment.ts';

await ruleCases(urlFragment, {
  flags: {
    'a token after #': {
      on: { url: `https://call.acme.com/standup#jwt=${dailyToken()}` },
      severity: 'medium',
      says: 'page URL #jwt',
      at: 'sightings[0]',
    },
    "a host's token": {
      on: { url: `https://call.acme.com/standup#jwt=${dailyHost()}` },
      severity: 'high',
      says: 'It stands after #: page URL #jwt of https://call.acme.com',
    },
    'a frame': {
      on: { frames: [`https://meet.acme.com/standup#jwt=${dailyToken()}`] },
      severity: 'medium',
      says: 'It stands after #: frame URL #jwt of https://meet.acme.com',
    },
  },
  passes: {},
  doesNotApply: {
    'a query': { url: `https://call.acme.com/?jwt=${dailyToken()}` },
    'an authorization code after #, with a token elsewhere': {
      url: 'https://call.acme.com/#code=3f9c2a&state=x',
      local: { t: dailyToken() },
    },
  },
});
