import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { jtiMissing } from './jti-missing.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(jtiMissing, {
  flags: {
    'an access token without `jti`, as a fact': {
      on: { local: { access_token: jwt(live) } },
      severity: 'info',
      says: 'There is no `jti`',
      at: 'claims.jti',
    },
    'a one-time link': {
      on: { url: `https://call.acme.com/verify?link=${jwt({ purpose: 'verify', iat: now, exp: now + hours(1) })}` },
      severity: 'low',
      says: 'There is no `jti`',
    },
  },
  passes: {
    'an id': { local: { access_token: jwt({ ...live, jti: '1' }) } },
    'an id as Entra writes it': { local: { access_token: jwt({ ...live, uti: '1' }) } },
  },
  doesNotApply: { 'a session, where most providers omit it': { cookies: [{ name: 'session', value: jwt(live) }] } },
});
