import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieSamesiteMissing } from './cookie-samesite-missing.ts';

await ruleCases(cookieSamesiteMissing, {
  flags: {
    'an attribute left to the browser': {
      on: { cookies: [{ name: 'm', value: dailyToken(), sameSite: 'unspecified' }] },
      severity: 'info',
      says: 'cookie "m" of https://call.acme.com leaves `SameSite` to the browser',
      at: 'sightings[0]',
    },
  },
  passes: {
    '`SameSite=Lax`': { cookies: [{ name: 'm', value: dailyToken(), sameSite: 'lax' }] },
    'an attribute that was not observed': { cookies: [{ name: 'm', value: dailyToken(), sameSite: null }] },
  },
  doesNotApply: { 'a token elsewhere': { local: { t: dailyToken() } } },
});
