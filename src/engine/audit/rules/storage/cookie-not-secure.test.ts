import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieNotSecure } from './cookie-not-secure.ts';

const open = [{ name: 'm', value: dailyToken(), secure: false }];

await ruleCases(cookieNotSecure, {
  flags: {
    'a cookie without `Secure`': { on: { cookies: open }, severity: 'medium', says: '`Secure`', at: 'sightings[0]' },
    'one of a site that answers on http': {
      on: { url: 'http://call.acme.com/', cookies: open },
      severity: 'high',
      says: 'cookie "m" of http://call.acme.com has no `Secure` attribute',
    },
    'one on a private address, as a fact': {
      on: { url: 'http://192.168.1.9/', cookies: open },
      severity: 'info',
      says: 'cookie "m" of http://192.168.1.9 has no `Secure` attribute',
    },
  },
  passes: {
    'a secure cookie': { cookies: [{ name: 'm', value: dailyToken(), secure: true }] },
    'an attribute that was not observed': { cookies: [{ name: 'm', value: dailyToken(), secure: null }] },
    'development on this machine': { url: 'http://localhost:3000/', cookies: open },
    'development under a name of this machine': { url: 'http://app.localhost:3000/', cookies: open },
  },
  doesNotApply: { 'a token elsewhere': { local: { t: dailyToken() } } },
});
