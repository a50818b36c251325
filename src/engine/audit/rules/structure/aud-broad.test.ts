import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { audBroad } from './aud-broad.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(audBroad, {
  flags: {
    everybody: {
      on: { local: { t: jwt({ ...live, aud: '*' }) } },
      severity: 'medium',
      says: '`aud` is "*", everybody',
      at: 'claims.aud',
    },
    nobody: { on: { local: { t: jwt({ ...live, aud: [] }) } }, severity: 'low', says: 'empty' },
    'two sites': {
      on: { local: { t: jwt({ ...live, aud: ['https://api.acme.com', 'https://api.other.net'] }) } },
      severity: 'low',
      says: '2 sites',
    },
  },
  passes: {
    one: { local: { t: jwt({ ...live, aud: 'https://api.acme.com' }) } },
    'an API and the userinfo endpoint of the same site': {
      local: { t: jwt({ ...live, aud: ['https://api.acme.com', 'https://login.acme.com/userinfo'] }) },
    },
    'names that are no addresses': { local: { t: jwt({ ...live, aud: ['a', 'b'] }) } },
  },
  doesNotApply: { 'no audience': { local: { t: jwt(live) } } },
});
