import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { days, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookiePersistentSession } from './cookie-persistent-session.ts';

const keeps = (name: string, seconds: number) => ({
  cookies: [{ name, value: jwt({ iat: now, exp: now + 60 }), session: false, expiresAt: now + seconds }],
});

await ruleCases(cookiePersistentSession, {
  flags: {
    'a session kept for a year': {
      on: keeps('session', days(365)),
      severity: 'low',
      says: '365 days',
      at: 'sightings[0]',
    },
  },
  passes: { 'a session kept for a week': { cookies: keeps('session', days(7)).cookies } },
  doesNotApply: {
    'a session cookie': { cookies: [{ name: 'session', value: jwt({ iat: now, exp: now + 60 }), session: true }] },
    'a token that is no session': {
      cookies: [{ name: 'meeting', value: dailyToken(), session: false, expiresAt: now + days(365) }],
    },
  },
});
