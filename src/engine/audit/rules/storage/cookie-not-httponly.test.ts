import { dailyHost, dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieNotHttponly } from './cookie-not-httponly.ts';

await ruleCases(cookieNotHttponly, {
  flags: {
    'a cookie that scripts can read': {
      on: { cookies: [{ name: 'meeting', value: dailyToken(), httpOnly: false }] },
      severity: 'medium',
      says: 'Cookie "meeting" of https://call.acme.com is not HttpOnly.',
      at: 'sightings[0]',
    },
    "a host's token in it": {
      on: { cookies: [{ name: 'm', value: dailyHost(), httpOnly: false }] },
      severity: 'high',
      says: 'Cookie "m" of https://call.acme.com is not HttpOnly',
    },
    'one on a development host, as a fact': {
      on: { url: 'http://localhost:3000/', cookies: [{ name: 'm', value: dailyToken(), httpOnly: false }] },
      severity: 'info',
      says: 'Cookie "m" of http://localhost:3000 is not HttpOnly',
    },
  },
  passes: {
    'an HttpOnly cookie': { cookies: [{ name: 'm', value: dailyToken(), httpOnly: true }] },
    'a cookie whose attributes were not observed': { cookies: [{ name: 'm', value: dailyToken(), httpOnly: null }] },
    'a double-submit value, which is no token': {
      cookies: [
        { name: 'csrf', value: 'f00dfeed', httpOnly: false },
        { name: 'm', value: dailyToken(), httpOnly: true },
      ],
    },
  },
  doesNotApply: { 'a token elsewhere': { local: { t: dailyToken() } } },
});
