import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { audMissing } from './aud-missing.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(audMissing, {
  flags: {
    'an access token without `aud`': {
      on: { local: { access_token: jwt(live) } },
      severity: 'low',
      says: 'There is no `aud`',
      at: 'claims.aud',
    },
    'one that two sites received': {
      on: {
        url: `https://call.acme.com/?access_token=${jwt(live)}`,
        frames: [`https://api.other.net/?access_token=${jwt(live)}`],
      },
      severity: 'medium',
      says: '2 sites',
    },
  },
  passes: { 'an audience': { local: { access_token: jwt({ ...live, aud: 'https://api.acme.com' }) } } },
  doesNotApply: {
    'a join token': { local: { t: dailyToken() } },
    'a token of unknown use': { local: { t: jwt(live) } },
  },
});
