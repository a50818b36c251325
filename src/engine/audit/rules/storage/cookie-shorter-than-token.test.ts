import { days, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieShorterThanToken } from './cookie-shorter-than-token.ts';

const keeps = (token: number, cookie: number) => ({
  cookies: [{ name: 'm', value: jwt({ iat: now, exp: now + token }), session: false, expiresAt: now + cookie }],
});

await ruleCases(cookieShorterThanToken, {
  flags: {
    'a token that outlives its cookie by days': {
      on: keeps(days(30), days(1)),
      severity: 'info',
      says: 'longer',
      at: 'sightings[0]',
    },
  },
  passes: { 'a cookie as long': { cookies: keeps(days(2), days(1)).cookies } },
  doesNotApply: {
    'a session cookie': { cookies: [{ name: 'm', value: jwt({ iat: now, exp: now + days(30) }), session: true }] },
  },
});
