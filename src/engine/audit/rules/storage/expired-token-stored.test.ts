import { days, hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { expiredTokenStored } from './expired-token-stored.ts';

const expired = (age: number) => jwt({ sub: 'ada', iat: now - age - hours(1), exp: now - age });

await ruleCases(expiredTokenStored, {
  flags: {
    'one that expired a month ago': {
      on: { local: { t: expired(days(30)) } },
      severity: 'low',
      says: /expired 30 days ago and still lies in localStorage\["t"\]/,
      at: 'sightings[0]',
    },
    'one that expired yesterday, as a fact': {
      on: { local: { t: expired(days(1)) } },
      severity: 'info',
      says: 'It expired 1 day ago and still lies in localStorage["t"] of https://call.acme.com',
    },
    'one in a persistent cookie': {
      on: { cookies: [{ name: 't', value: expired(days(30)), session: false, expiresAt: now + days(30) }] },
      severity: 'low',
      says: 'It expired 30 days ago and still lies in cookie "t" of https://call.acme.com',
    },
  },
  passes: {
    'one that the page may be about to renew': { local: { t: expired(299) } },
    'a live token': { local: { t: jwt({ exp: now + 60 }) } },
    'one in sessionStorage, which goes with the tab': { session: { t: expired(days(30)) } },
    'one in a session cookie': { cookies: [{ name: 't', value: expired(days(30)), session: true }] },
    'one that was removed': {
      local: { t: expired(days(30)) },
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
  doesNotApply: { 'a token without expiry': { local: { t: jwt({ sub: 'ada' }) } } },
});
