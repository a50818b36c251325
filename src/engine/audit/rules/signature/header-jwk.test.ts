import { hours, jwt, now } from '../../../../../test/builders/tokens.ts';
import { ruleCases } from '../../../../../test/cases/rule.ts';
import { headerJwk } from './header-jwk.ts';

const live = { sub: 'ada', iat: now, exp: now + hours(1) };

await ruleCases(headerJwk, {
  flags: {
    'a key in an ordinary token': {
      on: { local: { t: jwt(live, { jwk: { kty: 'RSA', n: 'x', e: 'AQAB' } }) } },
      severity: 'medium',
      says: '`jwk`',
      at: 'header.jwk',
    },
  },
  passes: {
    'a proof for a credential': {
      local: {
        t: jwt({ aud: 'https://issuer.acme.com', iat: now }, { typ: 'openid4vci-proof+jwt', jwk: { kty: 'EC' } }),
      },
    },
    'a key binding': {
      local: {
        t: jwt(
          { aud: 'https://verifier.acme.com', iat: now, nonce: 'n', sd_hash: 'h' },
          { typ: 'kb+jwt', jwk: { kty: 'EC' } },
        ),
      },
    },
    ACME: {
      local: {
        t: jwt({ termsOfServiceAgreed: true }, { nonce: 'n', url: 'https://acme.acme.com/new', jwk: { kty: 'EC' } }),
      },
    },
    'self-issued OpenID': { local: { t: jwt({ ...live, iss: 'x', sub: 'x', sub_jwk: {} }, { jwk: { kty: 'EC' } }) } },
  },
  doesNotApply: {
    'a token without it': { local: { t: jwt(live) } },
    'a DPoP proof, which must carry it': {
      local: {
        t: jwt(
          { htm: 'GET', htu: 'https://api.acme.com', iat: now, jti: '1' },
          { typ: 'dpop+jwt', jwk: { kty: 'EC' } },
        ),
      },
    },
  },
});
