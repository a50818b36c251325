import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { carried, ruleCases } from '../../../../../test/cases/rule.ts';
import { tokenInRedirect } from './token-in-redirect.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

const access = jwt({ ...live, scope: 'a', aud: 'https://api.acme.com' });

await ruleCases(tokenInRedirect, {
  flags: {
    'an access token in the address': {
      on: carried(access, 'Location', 'https://login.acme.com/cb', false, { path: '?access_token' }),
      severity: 'high',
      says: 'A redirect carries it in the address',
      at: 'sightings[0]',
    },
    'one after #': {
      on: carried(access, 'Location', 'https://login.acme.com/cb', false, { path: '#access_token' }),
      severity: 'medium',
      says: 'A redirect carries it after #',
    },
    'a join token': {
      on: carried(dailyToken(), 'location', 'https://login.acme.com/cb', false),
      severity: 'medium',
      says: 'A redirect carries it in the address',
    },
  },
  passes: {},
  doesNotApply: {
    'a request header of that name': carried(access, 'Location', 'https://login.acme.com/cb'),
    storage: { local: { location: access } },
  },
});
