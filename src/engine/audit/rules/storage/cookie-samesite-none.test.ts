import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieSamesiteNone } from './cookie-samesite-none.ts';

await ruleCases(cookieSamesiteNone, {
  flags: {
    '`SameSite=None`': {
      on: { cookies: [{ name: 'm', value: dailyToken(), sameSite: 'none' }] },
      severity: 'low',
      says: 'SameSite=None',
      at: 'sightings[0]',
    },
    'a partitioned cookie, as a fact': {
      on: { cookies: [{ name: 'm', value: dailyToken(), sameSite: 'none', partitionedBy: 'https://acme.com' }] },
      severity: 'info',
      says: 'held apart for https://acme.com',
    },
  },
  passes: {
    '`SameSite=Lax`': { cookies: [{ name: 'm', value: dailyToken(), sameSite: 'lax' }] },
    'an attribute left to the browser': { cookies: [{ name: 'm', value: dailyToken(), sameSite: 'unspecified' }] },
    'an attribute that was not observed': { cookies: [{ name: 'm', value: dailyToken(), sameSite: null }] },
  },
  doesNotApply: { 'a token elsewhere': { local: { t: dailyToken() } } },
});
