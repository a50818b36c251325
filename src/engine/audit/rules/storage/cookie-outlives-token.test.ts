import { days, hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { cookieOutlivesToken } from './cookie-outlives-token.ts';

const hour = jwt({ sub: 'ada', iat: now, exp: now + hours(1) });
const keeps = (value: string, seconds: number) => [{ name: 'm', value, session: false, expiresAt: now + seconds }];

await ruleCases(cookieOutlivesToken, {
  flags: {
    'a year-long cookie around an hour-long token': {
      on: { cookies: keeps(hour, days(365)) },
      severity: 'low',
      says: 'longer than the token in it',
      at: 'sightings[0]',
    },
  },
  passes: {
    'a cookie that outlives it by a day': { cookies: keeps(hour, hours(25)) },
    'a cookie that outlives a month-long token by less than a month': {
      cookies: keeps(jwt({ iat: now, exp: now + days(30) }), days(59)),
    },
    'a cookie that also holds a refresh token': {
      cookies: keeps(
        JSON.stringify({ access_token: hour, refresh_token: jwt({ iat: now, exp: now + days(365), typ: 'Refresh' }) }),
        days(400),
      ),
    },
  },
  doesNotApply: {
    'a session cookie': { cookies: [{ name: 'm', value: hour, session: true }] },
    'a token without expiry': { cookies: keeps(jwt({ sub: 'ada' }), days(365)) },
  },
});
