import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { headerPrivateKey } from './header-private-key.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(headerPrivateKey, {
  flags: {
    'a private member': {
      on: { local: { t: jwt(live, { jwk: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'secret' } }) } },
      severity: 'critical',
      says: '`d`',
      at: 'header.jwk',
    },
    'a symmetric key': {
      on: { local: { t: jwt(live, { jwk: { kty: 'oct', k: 'secret' } }) } },
      severity: 'critical',
      says: '`jwk` holds the private member `k`',
    },
    'in a DPoP proof as well': {
      on: {
        local: {
          t: jwt(
            { htm: 'GET', htu: 'https://api.acme.com', iat: now, jti: '1' },
            { typ: 'dpop+jwt', jwk: { kty: 'EC', d: 'secret' } },
          ),
        },
      },
      severity: 'critical',
      says: '`jwk` holds the private member `d`',
    },
  },
  passes: { 'a public key': { local: { t: jwt(live, { jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }) } } },
  doesNotApply: { 'a token without a key': { local: { t: jwt(live) } } },
});
