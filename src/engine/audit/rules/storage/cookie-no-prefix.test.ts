import { dailyToken } from '../../../../../test/builders/join-tokens.ts';
import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieNoPrefix } from './cookie-no-prefix.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(cookieNoPrefix, {
  flags: {
    'a session cookie': {
      on: { cookies: [{ name: 'session', value: jwt(live) }] },
      severity: 'info',
      says: 'cookie "session" of https://call.acme.com has no prefix',
      at: 'sightings[0]',
    },
  },
  passes: {
    'a prefix': { cookies: [{ name: '__Host-session', value: jwt(live) }] },
    'a prefix and a chunk number': { cookies: [{ name: '__Secure-next-auth.session-token.0', value: jwt(live) }] },
  },
  doesNotApply: { 'a join token': { cookies: [{ name: 'meeting', value: dailyToken() }] } },
});
