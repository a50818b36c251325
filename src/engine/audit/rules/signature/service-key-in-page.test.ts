import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { serviceKeyInPage } from './service-key-in-page.ts';

const service = jwt({
  iss: 'supabase',
  ref: 'abcdefghijklmnopqrst',
  role: 'service_role',
  iat: now,
  exp: now + hours(1),
});

await ruleCases(serviceKeyInPage, {
  flags: {
    'a service role key in storage': {
      on: { local: { key: service } },
      severity: 'critical',
      says: 'service_role key is for servers, and it lies in localStorage["key"]',
      at: 'sightings[0]',
    },
    "on the issuer's own console": {
      on: {
        url: 'https://abcdefghijklmnopqrst.acme.com/',
        local: {
          key: jwt({ iss: 'https://db.acme.com/auth/v1', role: 'service_role', iat: now, exp: now + hours(1) }),
        },
      },
      severity: 'medium',
      says: 'service_role key is for servers, and it lies in localStorage["key"]',
    },
  },
  passes: { 'a pasted key': { texts: [service] } },
  doesNotApply: {
    'the anon key, which is public': {
      local: {
        key: jwt({ iss: 'supabase', ref: 'abcdefghijklmnopqrst', role: 'anon', iat: now, exp: now + hours(1) }),
      },
    },
    'an ordinary token': { local: { t: jwt({ sub: 'ada', exp: now + 60 }) } },
  },
});
