import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { refreshTokenStored } from './refresh-token-stored.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

const refresh = jwt({ ...live, typ: 'Refresh' });

await ruleCases(refreshTokenStored, {
  flags: {
    'in localStorage': {
      on: { local: { refresh_token: refresh } },
      severity: 'high',
      says: 'It lies in localStorage["refresh_token"] of https://call.acme.com',
      at: 'sightings[0]',
    },
    'in a cookie that scripts can read': {
      on: { cookies: [{ name: 'refresh_token', value: refresh, httpOnly: false }] },
      severity: 'high',
      says: 'It lies in cookie "refresh_token" of https://call.acme.com',
    },
    'in sessionStorage': {
      on: { session: { refresh_token: refresh } },
      severity: 'medium',
      says: 'It lies in sessionStorage["refresh_token"] of https://call.acme.com',
    },
    'one by its key name, beside an access token': {
      on: {
        local: {
          auth: JSON.stringify({
            access_token: jwt({ ...live, scope: 'a', aud: 'b' }),
            refresh_token: jwt({ ...live, jti: '2' }),
          }),
        },
      },
      severity: 'high',
      says: 'It lies in localStorage["auth"] of https://call.acme.com',
    },
  },
  passes: {
    'an HttpOnly cookie': { cookies: [{ name: 'refresh_token', value: refresh, httpOnly: true }] },
    'one that was removed': {
      local: { refresh_token: refresh },
      seen: (all) => all.map((one) => ({ ...one, goneAt: now })),
    },
  },
  doesNotApply: { 'an access token': { local: { access_token: jwt(live) } } },
});
