import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { urlPath } from './url-path.ts';

await ruleCases(urlPath, {
  flags: {
    'a path segment': {
      on: { url: `https://call.acme.com/join/${dailyToken()}` },
      severity: 'medium',
      says: 'It stands in the path: page URL path of https://call.acme.com',
      at: 'sightings[0]',
    },
    "a host's token": {
      on: { url: `https://call.acme.com/join/${dailyHost()}/now` },
      severity: 'high',
      says: 'It stands in the path: page URL path of https://call.acme.com',
    },
  },
  passes: {},
  doesNotApply: { 'a query': { url: `https://call.acme.com/join?t=${dailyToken()}` } },
});
