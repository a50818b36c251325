import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { headerX5u } from './header-x5u.ts';

const live = { sub: 'ada', iss: 'https://login.acme.com', iat: now, exp: now + hours(1) };

await ruleCases(headerX5u, {
  flags: {
    "an address on the issuer's site": {
      on: { local: { t: jwt(live, { x5u: 'https://keys.acme.com/cert.pem' }) } },
      severity: 'low',
      says: '`x5u` is "https://keys.acme.com/cert.pem", on the issuer\'s own site',
      at: 'header.x5u',
    },
    'an address elsewhere': {
      on: { local: { t: jwt(live, { x5u: 'https://keys.other.net/cert.pem' }) } },
      severity: 'medium',
      says: '`x5u` is "https://keys.other.net/cert.pem", not on the issuer\'s site',
    },
    http: {
      on: { local: { t: jwt(live, { x5u: 'http://keys.acme.com/cert.pem' }) } },
      severity: 'high',
      says: '`x5u` is "http://keys.acme.com/cert.pem", which is not https',
    },
  },
  passes: {},
  doesNotApply: {
    'a token without it': { local: { t: jwt(live) } },
    'a call certificate (STIR/SHAKEN), which requires it': {
      local: {
        t: jwt(
          { iat: now, orig: { tn: '1' } },
          { typ: 'passport', ppt: 'shaken', x5u: 'https://cert.other.net/c.pem' },
        ),
      },
    },
  },
});
